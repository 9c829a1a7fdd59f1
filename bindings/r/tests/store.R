# A store is opened, filled once, asked, and exported.
library(dragoman)

reports <- system.file("extdata", "reports.jsonl", package = "dragoman")
stories <- read_stories(reports)[1:10, ]
where <- tempfile(fileext = ".db")
store <- tryCatch(store_open(where), dragoman_error = function(e) e)
if (inherits(store, "dragoman_error") && grepl("without", conditionMessage(store))) {
    message("the library was built without stores")
    quit(status = 0)
}
first <- store_ingest(store, stories)
again <- store_ingest(store, stories)
stopifnot("all are new, once" = first[["read"]] == 10 && first[["new"]] == 10,
          "then all are there" = again[["new"]] == 0 && again[["there"]] == 10)

events <- store_events(store)
coded <- code_events(stories)
stopifnot("the same events" = identical(events[order(events$event_id), "trigger"],
                                        coded[order(coded$event_id), "trigger"]),
          "the same columns" = identical(names(events), names(coded)),
          "filters" = all(store_events(store, type = "ASSAULT")$event_type == "ASSAULT"))

rows <- store_query(store, country = c("PER", "ECU"), type = "ASSAULT", limit = 3)
stopifnot("rows" = nrow(rows) == 3 && inherits(rows$date, "Date") && is.logical(rows$historical))
counts <- store_counts(store, "dyad,month", fill = TRUE, plain = TRUE)
stopifnot("counts" = is.numeric(counts$n) && any(counts$n == 0) && "PER,ECU" %in% counts$dyad)
stopifnot("figures" = store_stats(store)$n[store_stats(store)$what == "reports"] == 10)
stopifnot(is.data.frame(store_claims(store)), is.data.frame(store_commitments(store)),
          nrow(store_sample(store, n = 5)) == 5)

# An answer without rows has the columns of one with rows, of the same kinds.
columns <- function(rows) vapply(rows, function(column) class(column)[1], "")
days <- function(kinds) names(kinds)[kinds == "Date"]
for (ask in list(store_query, function(...) store_counts(..., by = "dyad,month", per_stories = TRUE),
                 store_claims, store_commitments)) {
    some <- columns(ask(store))
    none <- ask(store, since = "2099-01-01")
    stopifnot("no rows" = nrow(none) == 0, "the same columns" = identical(names(none), names(some)),
              "days" = all(days(some) %in% days(columns(none))))
}
stopifnot(is.na(store_query(store, since = "2099-01-01")[, "date"][1]))
message <- tryCatch(store_query(store, status = "ful"), dragoman_error = identity)
stopifnot(startsWith(conditionMessage(message), "status: 'ful' is unknown"),
          identical(conditionCall(message)[[1]], quote(store_query)))

# Without ids of their own, stories of two calls are told apart, and the same is the same.
daily <- store_open(tempfile(fileext = ".db"))
today <- data.frame(text = "France attacked Mali.", date = "2020-10-02")
tomorrow <- transform(today, date = "2020-10-03")
both <- rbind(store_ingest(daily, today), store_ingest(daily, tomorrow),
              store_ingest(daily, rbind(tomorrow, today)))
stopifnot("stored once" = identical(unname(both[, "new"]), c(1, 1, 0)))
events_of_both <- store_events(daily)
stopifnot("events of their own" = nrow(events_of_both) >= 2 && !anyDuplicated(events_of_both$event_id),
          length(unique(events_of_both$story_id)) == 2)
store_ingest(daily, transform(today, id = "mine"))
stopifnot("their own id" = "mine" %in% store_events(daily)$story_id)
store_close(daily)

file <- store_export(store, tempfile(fileext = ".csv"), "dyadic")
pairs <- read.csv(file, colClasses = c(cameo = "character"))
stopifnot("pairs as the program writes them" = all(c("actor_cow", "recipient_gw") %in% names(pairs)))

panel <- dyad_months(events, ids = "cow", fill = FALSE)
by_hand <- pairs[pairs$actor_iso != "" & pairs$recipient_iso != "" & pairs$actor_iso != pairs$recipient_iso &
                     is_plain(events)[match(pairs$event_id, events$event_id)], ]
stopifnot("panels agree with the program's pairs" = sum(panel$n) == nrow(unique(
    by_hand[c("event_id", "actor_iso", "recipient_iso")])))

store_close(store)
stopifnot("closed" = inherits(try(store_stats(store), silent = TRUE), "try-error"))
reading <- store_open(where, write = FALSE)
stopifnot("opened to ask" = nrow(store_events(reading)) == nrow(events))
stopifnot("and not made" = inherits(tryCatch(store_open(tempfile(), write = FALSE), error = identity),
                                    "dragoman_error"))
