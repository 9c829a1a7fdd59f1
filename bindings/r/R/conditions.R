# What the library answers, as conditions of R. Errors have the class dragoman_error; a warning of
# class dragoman_refused lists what was refused while the rest was coded.

failed <- function(message, call = NULL)
{
    stop(structure(class = c("dragoman_error", "error", "condition"),
                   list(message = message, call = call)))
}

refused <- function(complaints, n, call = NULL)
{
    shown <- head(complaints, 5)
    if (n > length(shown))
        shown <- c(shown, sprintf("... and %d more; all are in the condition's `complaints`",
                                  as.integer(n - length(shown))))
    condition <- structure(class = c("dragoman_refused", "warning", "condition"),
                           list(message = paste(shown, collapse = "\n  "), call = call,
                                complaints = complaints, n = n))
    warning(condition)
}

# The answer of a call (work_answer() in src/work.c), when it did not fail.
checked <- function(answer, call = sys.call(-1))
{
    if (answer$status == 2L)
        failed(answer$message, call)
    if (answer$n_complaints > 0)
        refused(answer$complaints, answer$n_complaints, call)
    answer
}

# Options of the command line as the library takes them, names and values by turns: one_a_day = TRUE
# becomes "one-a-day", "yes"; c("TUR", "ARM") becomes "TUR,ARM". NULL and FALSE leave an option out.
options_of <- function(options, formats = FALSE)
{
    if (length(options) == 0)
        return(character())
    names <- names(options)
    if (is.null(names) || any(names == ""))
        stop("options must have names, such as country = \"TUR\"", call. = FALSE)
    if (!formats && "format" %in% names)
        stop("`format` is always a data frame here; store_export() writes other formats",
             call. = FALSE)
    values <- vapply(options, function(value) {
        if (is.null(value) || (is.logical(value) && length(value) == 1 && !isTRUE(value)))
            NA_character_
        else if (isTRUE(value))
            "yes"
        else if (is.numeric(value))
            paste(format(value, digits = 15, scientific = FALSE, trim = TRUE), collapse = ",")
        else
            paste(enc2utf8(as.character(value)), collapse = ",")
    }, "")
    keep <- !is.na(values)
    as.vector(rbind(gsub("_", "-", names[keep], fixed = TRUE), values[keep]))
}
