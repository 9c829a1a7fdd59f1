# Products by their numbers in dragoman.h.
products <- c(events = 0L, quotes = 1L, places = 2L, times = 3L, stories = 5L)

coded_texts <- function(product, stories, coder, jobs, options, call)
{
    answer <- .Call(C_texts, pointer_of(coder), products[[product]], stories, options_of(options),
                    n_jobs(jobs))
    checked(answer, call)$rows
}

coded_files <- function(product, paths, date, coder, jobs, progress, options, call)
{
    if (!is.character(paths) || anyNA(paths))
        stop("`paths` must be names of files or folders", call. = FALSE)
    date <- if (is.null(date)) NA_character_ else days_of(date)
    answer <- .Call(C_files, pointer_of(coder), products[[product]], path.expand(paths), date,
                    options_of(options), n_jobs(jobs), isTRUE(progress))
    checked(answer, call)$rows
}

as_events <- function(rows)
{
    class(rows) <- c("dragoman_events", "data.frame")
    rows
}

code_events <- function(text, date = NULL, ..., id = NULL, title = NULL, source = NULL,
                        url = NULL, coder = NULL, jobs = 1)
{
    stories <- stories_of(text, date, id, title, source, url)
    as_events(coded_texts("events", stories, coder, jobs, list(...), sys.call()))
}

code_files <- function(paths, date = NULL, ..., coder = NULL, jobs = 1,
                       progress = interactive())
{
    as_events(coded_files("events", paths, date, coder, jobs, progress, list(...), sys.call()))
}

read_stories <- function(paths, date = NULL, ..., coder = NULL, progress = interactive())
{
    coded_files("stories", paths, date, coder, 1, progress, list(...), sys.call())
}

# Products in which nothing depends on the id of the story: it is a number while the library has it,
# so that rows find their text even where two stories have one id.
coded_by_number <- function(product, stories, coder, jobs, options, call)
{
    ids <- stories$id
    stories$id <- as.character(seq_along(stories$text))
    rows <- coded_texts(product, stories, coder, jobs, options, call)
    number <- as.integer(rows$story_id)
    rows$story_id <- ids[number]
    list(rows = rows, number = number)
}

places <- function(text, date = NULL, ..., id = NULL, coder = NULL, jobs = 1)
{
    stories <- stories_of(text, date, id)
    coded_by_number("places", stories, coder, jobs, list(...), sys.call())$rows
}

times <- function(text, date = NULL, ..., id = NULL, coder = NULL, jobs = 1)
{
    stories <- stories_of(text, date, id)
    coded_by_number("times", stories, coder, jobs, list(...), sys.call())$rows
}

# The words of spans; spans of several parts, which are parted by ";", with " ... " between them.
words_at <- function(text, begin, end)
{
    begins <- members_of(begin)
    ends <- members_of(end)
    n <- lengths(begins)
    parts <- substring(rep(text, n), as.integer(unlist(begins)), as.integer(unlist(ends)))
    words <- rep(NA_character_, length(text))
    some <- n > 0
    words[some] <- vapply(split(parts, factor(rep(seq_along(n), n), which(some))),
                          paste, "", collapse = " ... ")
    words
}

quotes <- function(text, date = NULL, ..., id = NULL, coder = NULL, jobs = 1)
{
    stories <- stories_of(text, date, id)
    coded <- coded_by_number("quotes", stories, coder, jobs, list(...), sys.call())
    rows <- coded$rows
    whole <- stories$text[coded$number]
    words <- data.frame(
        source = substr(whole, rows$source_begin, rows$source_end),
        cue = substr(whole, rows$cue_begin, rows$cue_end),
        content = words_at(whole, rows$content_begins, rows$content_ends),
        stringsAsFactors = FALSE)
    cbind(rows[1:4], words, rows[-(1:4)])
}

trees <- function(text, id = NULL, coder = NULL)
{
    stories <- stories_of(text, id = id)
    checked(.Call(C_trees, pointer_of(coder), stories$text, stories$id), sys.call())$rows
}

explain <- function(text, date = NULL, coder = NULL)
{
    stories <- stories_of(text, date)
    day <- if (is.null(stories$date)) rep(NA_character_, length(stories$text)) else stories$date
    said <- vapply(seq_along(stories$text), function(i) {
        answer <- .Call(C_explain, pointer_of(coder), stories$text[i], day[i])
        checked(answer, quote(explain()))$text
    }, "")
    structure(said, class = "dragoman_explanation")
}

print.dragoman_explanation <- function(x, ...)
{
    writeLines(unclass(x))
    invisible(x)
}

relate <- function(marked, coder = NULL)
{
    marked <- member_of(marked, "marked", length(marked))
    checked(.Call(C_relate, pointer_of(coder), marked), sys.call())$rows
}

rule <- function(id, coder = NULL)
{
    id <- member_of(id, "id", length(id))
    rows <- lapply(id, function(one) {
        checked(.Call(C_rule, pointer_of(coder), one), quote(rule()))$rows
    })
    do.call(rbind, rows)
}
