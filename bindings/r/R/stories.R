# Stories, given as vectors or as a data frame, in the form that src/coder.c takes.

days_of <- function(date)
{
    if (inherits(date, c("Date", "POSIXt")))
        format(date, "%Y-%m-%d")
    else
        as.character(date)
}

# In UTF-8. Text of no declared encoding is the locale's, but what is UTF-8 by its bytes is taken for
# that in any locale: in "C", R would turn it into "<c3><a9>".
as_utf8 <- function(values, name)
{
    values <- as.character(values)
    unmarked <- which(Encoding(values) == "unknown" & validUTF8(values))
    if (length(unmarked) > 0)
        Encoding(values)[unmarked] <- "UTF-8"
    bad <- which(!validEnc(values) | Encoding(values) == "bytes")
    if (length(bad) > 0)
        stop(sprintf("`%s` %d is not valid in its encoding; iconv(x, \"UTF-8\", \"UTF-8\", sub = ",
                     name, bad[1]), "\"?\") mends it", call. = FALSE)
    enc2utf8(values)
}

# A member of stories as UTF-8, one for each of n texts; NULL where it is not given.
member_of <- function(values, name, n)
{
    if (is.null(values))
        return(NULL)
    if (!length(values) %in% c(1L, n))
        stop(sprintf("`%s` has %d values for %d texts", name, length(values), n), call. = FALSE)
    rep_len(as_utf8(values, name), n)
}

stories_of <- function(text, date = NULL, id = NULL, title = NULL, source = NULL, url = NULL)
{
    if (is.data.frame(text)) {
        given <- list(date = date, id = id, title = title, source = source, url = url)
        if (is.null(text[["text"]]))
            stop("the data frame has no column `text`", call. = FALSE)
        column <- function(name) if (is.null(given[[name]])) text[[name]] else given[[name]]
        return(stories_of(as.character(text[["text"]]), column("date"), column("id"),
                          column("title"), column("source"), column("url")))
    }
    if (!is.character(text))
        stop("`text` must be a character vector, or a data frame with a column of that name",
             call. = FALSE)
    n <- length(text)
    if (is.null(id))
        id <- if (is.null(names(text))) seq_len(n) else names(text)
    stories <- list(text = member_of(unname(text), "text", n),
                    date = member_of(if (is.null(date)) NULL else days_of(date), "date", n),
                    id = member_of(id, "id", n), title = member_of(title, "title", n),
                    source = member_of(source, "source", n), url = member_of(url, "url", n))
    if (anyNA(stories$text)) {
        known <- !is.na(stories$text)
        warning(sprintf("%d of %d texts are NA and are left out", sum(!known), n), call. = FALSE)
        stories <- lapply(stories, function(member) member[known])
    }
    stories
}

n_jobs <- function(jobs)
{
    if (!is.numeric(jobs) || length(jobs) != 1 || is.na(jobs) || jobs < 1)
        stop("`jobs` must be a number from 1 up", call. = FALSE)
    as.integer(min(jobs, 256))
}
