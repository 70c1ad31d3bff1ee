"""Writes what users take away: releases, exports, the codebook."""
