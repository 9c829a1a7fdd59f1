# The coder that functions use when none is named: opened once in a session.
state <- new.env(parent = emptyenv())

dragoman_version <- function() .Call(C_version)

dragoman_open <- function(tables = NULL, model = NULL, judge = c("on", "off"),
                          sides = c("judge", "rules"))
{
    folder <- function(path) if (is.null(path)) NA_character_ else path.expand(path)
    tables <- if (is.null(tables)) NA_character_ else paste(folder(tables), collapse = ":")
    made <- .Call(C_open, enc2utf8(tables), enc2utf8(folder(model)), match.arg(judge),
                  match.arg(sides))
    checked(made[[2]], sys.call())
    structure(list(pointer = made[[1]]), class = "dragoman_coder")
}

dragoman_close <- function(coder)
{
    .Call(C_close, coder$pointer)
    invisible()
}

print.dragoman_coder <- function(x, ...)
{
    cat("<coder of dragoman ", dragoman_version(),
        if (!.Call(C_is_open, x$pointer)) ", closed", ">\n", sep = "")
    invisible(x)
}

pointer_of <- function(coder)
{
    if (is.null(coder)) {
        if (is.null(state$coder) || !.Call(C_is_open, state$coder$pointer))
            state$coder <- dragoman_open()
        coder <- state$coder
    }
    if (!inherits(coder, "dragoman_coder"))
        stop("`coder` must be made by dragoman_open()", call. = FALSE)
    coder$pointer
}

check_tables <- function(tables = NULL)
{
    answer <- .Call(C_check_tables,
                    if (is.null(tables)) NA_character_ else enc2utf8(path.expand(tables)))
    if (answer$status == 2L && length(answer$complaints) == 0)
        failed(answer$message, sys.call())
    answer$complaints
}
