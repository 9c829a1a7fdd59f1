# Panels: balanced, with the codes of other data sets, and with sums that can be checked by hand.
library(dragoman)

event <- function(actors, recipients, date, type = "ASSAULT", quad = 4, goldstein = -10, ...)
{
    row <- data.frame(actor_countries = actors, recipient_countries = recipients,
                      event_date = as.Date(date), story_date = as.Date("2021-12-31"),
                      event_type = type, quad = quad, goldstein = goldstein, intensity = -5,
                      polarity = "affirmed", status = "actual", historical = FALSE,
                      attribution_kinds = NA_character_, stringsAsFactors = FALSE)
    changes <- list(...)
    row[names(changes)] <- changes
    row
}
events <- rbind(
    event("DEU", "FRA", "2020-01-05"),
    event("DEU", "FRA", "2020-01-05"),                            # the same again
    event("DEU;DEU", "FRA;YEM", "2020-03-09", "AID", 2, 7),       # one pair counts once
    event("RUS;TUR", NA, "2020-02-02", "CONSULT", 1, 1),          # they met
    event("FRA", "DEU", "2020-02-03", polarity = "negated"),      # not plain
    event("FRA", "DEU", "2020-02-03", attribution_kinds = "say"),
    event("FRA", "DEU", "2020-02-03", historical = TRUE),
    event("FRA", "DEU", "2020-02-03", "THREATEN", 3, -4, status = "intended"),
    event("FRA", "DEU", "2020-02-03", "AID", 2, 7, status = "intended"),
    event("DEU", "DEU", "2020-01-01"),                            # domestic
    event("UNO", "MCO", "2020-01-01", "REQUEST", 3, -1, status = "requested"),
    event("", "FRA", "2020-01-01"))                               # nobody knows who

stopifnot(identical(is_plain(events), !seq_len(12) %in% c(5, 6, 7, 9)))

panel <- dyad_months(events)
at <- function(dyad, month) panel[panel$dyad == dyad & panel$month == as.Date(month), ]
stopifnot(
    "pairs" = identical(unique(panel$dyad), c("DEU-FRA", "DEU-YEM", "FRA-DEU", "RUS-TUR", "TUR-RUS")),
    "months" = identical(unique(panel$month), as.Date(c("2020-01-01", "2020-02-01", "2020-03-01"))),
    "balanced" = nrow(panel) == 5 * 3,
    "counts" = at("DEU-FRA", "2020-01-01")$n == 2L && is.integer(panel$n),
    "zeros" = at("DEU-FRA", "2020-02-01")$n == 0 && at("DEU-FRA", "2020-02-01")$goldstein == 0,
    "one pair of an event counts once" = at("DEU-YEM", "2020-03-01")$n == 1,
    "sums" = at("DEU-FRA", "2020-01-01")$goldstein == -20,
    "quads" = at("DEU-FRA", "2020-03-01")$material_cooperation == 1,
    "both ways" = at("TUR-RUS", "2020-02-01")$verbal_cooperation == 1,
    "a threat was made, aid was not given" =
        at("FRA-DEU", "2020-02-01")$n == 1 && at("FRA-DEU", "2020-02-01")$verbal_conflict == 1,
    "COW and Gleditsch-Ward" = all(at("DEU-YEM", "2020-03-01")[c("actor_cow", "recipient_cow",
        "actor_gw", "recipient_gw", "dyad_cow", "dyad_gw")] == c(255, 679, 260, 678, 255679, 260678)))

sparse <- dyad_months(events, fill = FALSE)
stopifnot("without fill" = nrow(sparse) == sum(panel$n > 0) && all(sparse$n > 0),
          "the same counts" = sum(sparse$n) == sum(panel$n))
both <- dyad_months(events, ids = "cow", directed = FALSE)
stopifnot("undirected" = identical(unique(both$dyad), c("DEU-FRA", "DEU-YEM", "RUS-TUR")),
          "the smaller number is first" = 220255 %in% both$dyad_cow,
          "one meeting" = sum(both$n[both$dyad == "RUS-TUR"]) == 1,
          "columns" = identical(names(both)[1:4], c("dyad", "state1_cow", "state2_cow", "dyad_cow")))
stopifnot("one a day" = sum(dyad_months(events, one_a_day = TRUE)$n) == sum(panel$n) - 1,
          "all events" = sum(dyad_months(events, plain = FALSE)$n) == sum(panel$n) + 4,
          "domestic" = "DEU-DEU" %in% dyad_months(events, domestic = TRUE)$dyad,
          "organizations" = "UNO-MCO" %in% dyad_months(events, organizations = TRUE)$dyad,
          "the report's date" = all(dyad_months(events, date = "story_date")$month == as.Date("2021-12-01")))
wide <- dyad_months(events, states = c("FRA", "DEU", "USA"), since = "2020-01-01", until = "2020-12-31")
stopifnot("all pairs of the states that are named" = nrow(wide) == 6 * 12,
          "from since to until" = range(wide$month) == as.Date(c("2020-01-01", "2020-12-01")))
february <- dyad_months(events, since = "2020-02-03", until = "2020-02-28")
stopifnot("days outside do not count" = all(february$dyad == "FRA-DEU"))
none <- dyad_months(events[0, ])
stopifnot("no events" = nrow(none) == 0 && identical(names(none), names(panel)))
quiet <- dyad_months(events[0, ], states = c("FRA", "DEU"), since = "2020-01-01", until = "2020-02-01")
stopifnot("zeros without any event" = nrow(quiet) == 4 && all(quiet$n == 0))

# Events that come back from a file.
file <- tempfile(fileext = ".csv")
write.csv(events, file, row.names = FALSE)
back <- read.csv(file)
stopifnot("days and flags that are read back" = identical(dyad_months(back), panel),
          "and factors" = identical(dyad_months(read.csv(file, stringsAsFactors = TRUE)), panel),
          "is_plain, too" = identical(is_plain(back), is_plain(events)))
texts <- transform(back, historical = tolower(historical), quad = as.character(quad))
stopifnot("flags as the program writes them" = identical(dyad_months(texts), panel))
coded <- code_files(system.file("extdata", "reports.jsonl", package = "dragoman"))
write.csv(coded, file, row.names = FALSE)
back <- read.csv(file)
stopifnot("coded events that are read back" = identical(dyad_months(back), dyad_months(coded)),
          identical(is_plain(back), is_plain(coded)))

# Who met nobody is not who fought somebody of no known country, also where both cells are empty.
sides <- rbind(event("RUS;TUR", "", "2020-02-02", recipient_words = "", recipient_codes = ""),
               event("IRN;IRQ", "", "2020-02-02", recipient_words = "rebels", recipient_codes = ""),
               event("MLI;NER", "", "2020-02-02", recipient_words = "", recipient_codes = "REB"))
for (unknown in list("", NA)) {
    sides$recipient_countries <- unknown
    stopifnot("nobody" = identical(dyad_months(sides)$dyad, c("RUS-TUR", "TUR-RUS")),
              "of one row" = nrow(dyad_months(sides[1, ])) == 2)
}

says <- function(expression, words)
{
    message <- tryCatch({
        expression
        "nothing"
    }, error = conditionMessage)
    if (!all(vapply(words, grepl, NA, message, fixed = TRUE)))
        stop("expected an error that says ", toString(words), ": ", message)
}
says(dyad_months(transform(back, event_date = "14.1.2031")), c("`event_date`", "14.1.2031", "row 1"))
says(dyad_months(transform(back, event_date = "2031-02-30")), c("`event_date`", "2031-02-30"))
says(dyad_months(transform(back, event_date = 7)), c("`event_date`", "Date"))
says(dyad_months(transform(back, historical = "perhaps")), c("`historical`", "perhaps", "row 1"))
for (day in list("yesterday", "2008-01", NA, 7, c("2008-01-01", "2009-01-01"))) {
    says(dyad_months(events, since = day), c("`since`", "YYYY-MM-DD"))
    says(dyad_months(events, until = day), c("`until`", "YYYY-MM-DD"))
}
says(dyad_months(events, plain = NA), c("`plain`", "TRUE or FALSE"))
says(dyad_months(events, fill = "no"), c("`fill`", "TRUE or FALSE"))
says(dyad_months(transform(back, goldstein = "much")), c("`goldstein`", "much", "row 1"))

codes <- country_codes()
stopifnot("codes" = all(nchar(codes$iso3) == 3) && !anyDuplicated(codes$iso3),
          "Namibia's FIPS code is no NA" = codes$fips[codes$iso3 == "NAM"] == "WA",
          codes$cow[codes$iso3 == "USA"] == 2L)

if (requireNamespace("plm", quietly = TRUE)) {
    frame <- plm::pdata.frame(panel, index = c("dyad", "month"))
    fitted <- plm::plm(goldstein ~ n, data = frame, model = "within")
    stopifnot("plm takes it" = plm::is.pbalanced(frame), is.finite(fitted$coefficients))
}
