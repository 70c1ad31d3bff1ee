"""The command line's entry: ready to be stopped before anything large is imported."""

from __future__ import annotations

from flows import stopping


def main() -> None:
    """Run the command line."""
    stopping.install()
    try:
        from flows.app import carry_out

        carry_out()
    except BaseException as error:
        if stopping.is_asked():  # whatever came of it: the user wants the end
            stopping.end()
        if isinstance(error, SystemExit) and error.code in (None, 0, 1):
            stopping.too_late()
        raise


if __name__ == "__main__":
    main()
