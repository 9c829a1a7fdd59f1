# What goes wrong is a condition that can be caught, and Ctrl-C is heard.
library(dragoman)

caught <- function(expression) tryCatch(expression, error = identity, warning = identity)
says <- function(expression, words, class)
{
    condition <- caught(expression)
    if (!inherits(condition, class) || !grepl(words, conditionMessage(condition)))
        stop("expected a ", class[1], " that says \"", words, "\": ", format(condition))
}

says(dragoman_open(tables = "/no/such/folder"), "/no/such/folder", "dragoman_error")
says(dragoman_open(model = "/no/such/model"), "/no/such/model", "dragoman_error")
says(code_events("France attacked Mali."), "date", "dragoman_refused")
says(code_events("France attacked Mali.", "yesterday"), "yesterday|date", "dragoman_refused")
says(code_events(17, "2020-10-02"), "character", "error")
says(code_events(c("a", "b", "c"), c("2020-10-02", "2020-10-03")), "2 values for 3 texts", "error")
says(code_events("\xff\xfe", "2020-10-02"), "not valid", "error")
says(code_events(c("France attacked Mali.", NA), "2020-10-02"), "1 of 2 texts are NA", "warning")
says(code_events("a", "2020-10-02", nonsense = "x"), "nonsense", "dragoman_error")
says(code_events("a", "2020-10-02", "x"), "names|values", "error")
says(code_events("a", "2020-10-02", format = "csv"), "format", "error")
says(code_events("a", "2020-10-02", jobs = 0), "jobs", "error")
says(code_files("/no/such/file"), "/no/such/file", c("dragoman_error", "dragoman_refused"))
says(rule("x0000"), "x0000", "dragoman_error")
says(participants(data.frame(a = 1)), "no column", "error")
says(store_open("/no/such/folder/store.db"), "/no/such/folder", "dragoman_error")

coder <- dragoman_open()
dragoman_close(coder)
dragoman_close(coder)
says(code_events("France attacked Mali.", "2020-10-02", coder = coder), "closed", "error")
says(code_events("a", "2020-10-02", coder = "b"), "dragoman_open", "error")
stopifnot(any(grepl("closed", capture.output(print(coder)))))

# A coder that was saved is closed when it comes back.
file <- tempfile()
saveRDS(dragoman_open(), file)
says(code_events("a", "2020-10-02", coder = readRDS(file)), "another session", "error")

# What is refused is told, and the rest is coded.
condition <- NULL
events <- withCallingHandlers(
    code_events(c("France attacked Mali.", "France attacked Mali."), c("2020-10-02", NA)),
    dragoman_refused = function(w) {
        condition <<- w
        invokeRestart("muffleWarning")
    })
stopifnot(all(events$story_id == "1"), nrow(events) > 0, length(condition$complaints) == 1)

# One file of several that is not there: the others are read, as `dragoman code` does.
warned <- function(expression)
{
    condition <- NULL
    value <- withCallingHandlers(expression, dragoman_refused = function(w) {
        condition <<- w
        invokeRestart("muffleWarning")
    })
    list(value = value, complaints = condition$complaints)
}
reports <- system.file("extdata", "reports.jsonl", package = "dragoman")
whole <- code_files(reports)
some <- warned(code_files(c("/no/such/file", reports, "/nor/this")))
stopifnot("the others are coded" = identical(some$value, whole),
          "those that are not there are told" = length(some$complaints) == 2 &&
              all(mapply(grepl, c("/no/such/file", "/nor/this"), some$complaints)))
says(code_files(c("/no/such/file", "/nor/this")), "/no/such/file", "dragoman_error")
says(code_files(c(reports, reports), nonsense = "x"), "nonsense", "dragoman_error")
stopifnot(identical(warned(read_stories(c("/no/such/file", reports)))$value, read_stories(reports)))
some <- warned(store_ingest(store_open(tempfile(fileext = ".db")), c("/no/such/file", reports)))
stopifnot("the others are stored" = some$value[["new"]] == nrow(read_stories(reports)),
          grepl("/no/such/file", some$complaints))
says(store_ingest(store_open(tempfile(fileext = ".db")), "/no/such/file"), "/no/such/file",
     "dragoman_error")

# Messages speak of arguments, not of options of the command line; text frames have no other columns.
begins <- function(expression, words)
{
    message <- conditionMessage(caught(expression))
    if (!startsWith(message, words))
        stop("expected what begins \"", words, "\": ", message)
}
begins(code_files(reports, min_confidence = 7), "min_confidence takes a number from 0 to 1")
begins(code_files(reports, status = c("actual", "intended")), "status takes one of")
begins(code_files(reports, date_format = "day"), "date_format needs %d")
stopifnot(identical(conditionMessage(caught(code_events("France attacked Mali."))),
                    "text 1: the story has no `date` and is passed over: its members are text, id"))
other <- tempfile(fileext = ".csv")
writeLines(c("body,day", "France attacked Mali.,2020-10-02"), other)
stopifnot(grepl("the columns are body, day: columns text=NAME says", conditionMessage(caught(code_files(other)))))

# Texts in other encodings; the words that come back are the same ones.
latin <- iconv("Mr. Mu\u00f1oz said that Per\u00fa attacked Mali.", "UTF-8", "latin1")
stopifnot(Encoding(latin) == "latin1")
found <- code_events(c(latin, enc2utf8(latin)), "2020-10-02")
stopifnot(identical(found$text[found$story_id == "1"], found$text[found$story_id == "2"]))

# Ctrl-C between stories: a process that interrupts this one while it codes.
if (.Platform$OS.type == "unix" && nzchar(Sys.which("sh"))) {
    many <- rep(paste(rep("France attacked a rebel camp in Mali.", 20), collapse = " "), 20000)
    ways <- list(function() code_events(many, "2020-10-02"),
                 function() code_events(many, "2020-10-02", jobs = 2),
                 function() code_events(rep("The weather was fine.", 200000), "2020-10-02"),
                 function() store_ingest(store_open(tempfile(fileext = ".db")),
                                         data.frame(text = many, date = "2020-10-02")))
    for (way in ways) {
        system(sprintf("(sleep 1; kill -INT %d) >/dev/null 2>&1 &", Sys.getpid()))
        begun <- Sys.time()
        end <- tryCatch({
            way()
            "coded"
        }, interrupt = function(i) "interrupted")
        stopifnot("Ctrl-C ends it" = end == "interrupted",
                  "soon" = difftime(Sys.time(), begun, units = "secs") < 30)
    }
    stopifnot("and the coder still codes" =
                  nrow(code_events("France attacked Mali.", "2020-10-02")) > 0)
}

# Finalizers: coders and stores that nobody refers to any more are freed.
for (i in 1:3) {
    code_events("France attacked Mali.", "2020-10-02", coder = dragoman_open())
    store_open(tempfile(fileext = ".db"))
    invisible(gc())
}
