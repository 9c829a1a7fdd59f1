store_open <- function(where, write = TRUE)
{
    if (!is.character(where) || length(where) != 1 || is.na(where))
        stop("`where` must be the file of an SQLite database, or postgresql://...", call. = FALSE)
    if (!grepl("^postgres(ql)?://", where))
        where <- path.expand(where)
    made <- .Call(C_store_open, where, isTRUE(write))
    checked(made[[2]], sys.call())
    structure(list(pointer = made[[1]], where = where), class = "dragoman_store")
}

store_close <- function(store)
{
    .Call(C_store_close, store$pointer)
    invisible()
}

print.dragoman_store <- function(x, ...)
{
    # A password may stand in the name of a PostgreSQL database.
    where <- sub("^(postgres(ql)?://[^:@/]*):[^@]*@", "\\1@", x$where)
    cat("<store of dragoman in ", where, if (!.Call(C_is_open, x$pointer)) ", closed", ">\n",
        sep = "")
    invisible(x)
}

store_pointer <- function(store)
{
    if (!inherits(store, "dragoman_store"))
        stop("`store` must be made by store_open()", call. = FALSE)
    store$pointer
}

# Without an `id` of their own, the ids of stories in a store are made from their members (in
# src/work.c): by their numbers, the first of today would be one with the first of tomorrow.
stories_to_keep <- function(frame, date)
{
    stories <- stories_of(frame, date)
    if (is.null(frame[["id"]]))
        stories["id"] <- list(NULL)
    stories
}

# Parts of a data frame, so that no call has too much text at once.
parts_of <- function(stories, size = 500)
{
    n <- length(stories$text)
    lapply(split(seq_len(n), (seq_len(n) - 1) %/% size), function(rows) {
        lapply(stories, function(member) member[rows])
    })
}

store_ingest <- function(store, stories, date = NULL, ..., coder = NULL, jobs = 1, recode = FALSE,
                         progress = interactive())
{
    frame <- is.data.frame(stories)
    if (!frame && (!is.character(stories) || anyNA(stories)))
        stop("`stories` must be names of files or folders, or a data frame with a column `text`",
             call. = FALSE)
    inputs <- if (frame) parts_of(stories_to_keep(stories, date)) else path.expand(stories)
    day <- if (frame || is.null(date)) NA_character_ else days_of(date)
    counts <- numeric(5)
    complaints <- character()
    n <- n_before <- n_missing <- 0
    for (input in inputs) {
        made <- .Call(C_store_ingest, store_pointer(store), pointer_of(coder), input, day,
                      options_of(list(...)), n_jobs(jobs), isTRUE(recode), isTRUE(progress), n_before)
        n_before <- n_before + if (frame) length(input$text) else 0
        counts <- counts + made[[1]]
        answer <- made[[2]]
        if (answer$status == 2L) {
            n_missing <- n_missing + 1
            # A file that cannot be read is no reason to lose the others; a store that fails is.
            if (frame || file.access(input, 4) == 0 || n_missing == length(inputs))
                failed(answer$message, sys.call())
            answer$complaints <- c(answer$complaints, answer$message)
            answer$n_complaints <- answer$n_complaints + 1
        }
        complaints <- c(complaints, answer$complaints)
        n <- n + answer$n_complaints
    }
    if (n > 0)
        refused(complaints, n, sys.call())
    names(counts) <- c("read", "new", "there", "again", "failed")
    counts
}

# ---- questions

ask <- function(store, question, options, as = "rows", file = NA_character_,
                call = sys.call(sys.parent()))
{
    answer <- .Call(C_store_ask, store_pointer(store), question,
                    options_of(options, formats = as %in% c("file", "text")), as, file)
    checked(answer, call)[[if (as == "text") "text" else "rows"]]
}

# Rows with all these columns, whatever was found: what nobody knows is NA.
with_columns <- function(rows, columns)
{
    missing <- setdiff(columns, names(rows))
    rows[missing] <- rep(list(rep(NA, nrow(rows))), length(missing))
    rows[c(columns, setdiff(names(rows), columns))]
}

# An answer without rows has the columns of one with rows; its CSV says which those are.
ask_query <- function(store, options, call)
{
    rows <- ask(store, "query", options, call = call)
    if (length(rows) == 0) {
        header <- ask(store, "query", c(options, format = "csv"), as = "text", call = call)
        rows <- with_columns(rows, strsplit(trimws(header), ",", fixed = TRUE)[[1]])
    }
    with_days(rows)
}

# Columns of days, and of flags, as R has them.
with_days <- function(rows)
{
    days <- grep("(^|_)(date|due|day)$", names(rows), value = TRUE)
    could_be <- function(column) is.character(column) || all(is.na(column))
    for (name in days[vapply(rows[days], could_be, NA)])
        if (all(grepl("^\\d{4}-\\d\\d-\\d\\d$", rows[[name]]) | is.na(rows[[name]])))
            rows[[name]] <- as.Date(rows[[name]])
    if (!is.null(rows[["historical"]]))
        rows$historical <- as.logical(rows$historical)
    rows
}

store_query <- function(store, ..., limit = 100)
{
    ask_query(store, list(..., limit = limit), sys.call())
}

store_counts <- function(store, by = "month", ..., per = c("report", "story", "event"),
                         fill = FALSE, per_stories = FALSE, limit = 0)
{
    options <- list(by = by, ..., per = match.arg(per), fill = fill, per_stories = per_stories,
                    limit = limit)
    ask_query(store, options, sys.call())
}

store_events <- function(store, ...)
{
    as_events(ask(store, "export", list(...), as = "events"))
}

store_export <- function(store, file, format = "csv", ...)
{
    file <- path.expand(file)
    ask(store, "export", list(..., format = format), as = "file", file = file)
    invisible(file)
}

store_stats <- function(store, marks = FALSE) ask(store, "stats", list(marks = marks))

report_columns <- c("event_id", "story_id", "story_date", "story_title", "source", "url",
                    "event_date", "trigger", "voice", "sentence")
claims_columns <- c("event_type", "actors", "recipients", "affirmed_by", "denied_by",
                    paste0("affirmed_", report_columns), paste0("denied_", report_columns))
commitments_columns <- c("kind", "state", "event_type", "actors", "recipients", "negated",
                         "condition", "voice", "trigger", "event_id", "story_id", "story_date",
                         "source", "due", paste0("report_", report_columns),
                         paste0("decided_by_", report_columns))

store_claims <- function(store, ...)
{
    rows <- ask(store, "claims", list(...))
    with_days(with_columns(rows, claims_columns))
}

store_commitments <- function(store, ...)
{
    rows <- ask(store, "commitments", list(...))
    rows <- rows[names(rows) != "decided_by"] # null, or what decided_by_event_id and its like hold
    with_days(with_columns(rows, commitments_columns))
}

store_sample <- function(store, n = 200, ...)
{
    rows <- ask(store, "sample", list(n = n, ...))
    with_days(rows)
}
