-- Dates of publication that are written in figures only, and which order of day and month they prove.
-- grain: one article of a known publisher
-- key: article_id
-- column article_id: The article
-- column publisher: Its publisher
-- column form: Where the figures stand, and with which mark
-- column day_first: The day, if the day comes first; null if that is no day
-- column month_first: The day, if the month comes first; null if that is no day
-- column proves: DMY or MDY if this article leaves no doubt; null if it proves neither
SELECT
    article_id, publisher,
    published_figures.form AS form,
    published_figures.day_first AS day_first,
    published_figures.month_first AS month_first,
    CASE
        -- 13/02/2022 has one reading only.
        WHEN published_figures.month_first IS NULL THEN 'DMY'
        WHEN published_figures.day_first IS NULL THEN 'MDY'
        WHEN published_figures.day_first = published_figures.month_first THEN NULL
        -- The date is known from elsewhere: from metadata, or a dateline in words.
        WHEN published_basis = 'metadata'
            OR (published_basis = 'dateline' AND NOT starts_with(published_figures.form, 'dateline'))
            THEN CASE published_date
                WHEN published_figures.day_first THEN 'DMY'
                WHEN published_figures.month_first THEN 'MDY'
            END
    END AS proves
FROM articles
WHERE publisher IS NOT NULL AND published_figures IS NOT NULL
