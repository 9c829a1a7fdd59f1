# Texts and files become data frames whose offsets are right.
library(dragoman)

text <- c(first = "Turkey denied on Friday that it had sent fighters to Azerbaijan.",
          second = "The minister said: \u201cNo.\u201d French troops attacked a rebel camp in Mali and killed 12 people in Gao.",
          third = "The weather was fine.")

events <- code_events(text, "2020-10-02")
stopifnot(
    "one row an event" = nrow(events) >= 3,
    "ids are the names of the texts" = all(events$story_id %in% c("first", "second")),
    "days are Dates" = inherits(events$event_date, "Date") && inherits(events$story_date, "Date"),
    "CAMEO's codes are text" = is.character(events$cameo),
    "what is denied is negated" = "negated" %in% events$polarity,
    "numbers are numbers" = 12 %in% events$dead_min,
    "sentences count from 1" = min(events$sentence) == 1,
    "triggers are at their offsets" = identical(
        unname(substr(text[events$story_id], events$trigger_begin, events$trigger_end)),
        events$trigger),
    "all text is UTF-8" = all(validUTF8(events$text)))

who <- participants(events)
stopifnot(
    "actors and recipients are rows" = setequal(who$role, c("actor", "recipient")),
    "words are at their offsets" = identical(
        unname(substr(text[who$story_id], who$begin, who$end)), who$words),
    "France attacks" = any(who$country == "FRA" & who$role == "actor", na.rm = TRUE))

where <- locations(events)
stopifnot("places are at their offsets" = identical(
    unname(substr(text[where$story_id], where$begin, where$end)), where$words),
    "they have coordinates" = is.numeric(where$lat) && any(where$name == "Gao"))

voices <- attributions(events)
stopifnot("the denial is a voice" = "deny" %in% voices$kind,
          "its cue is at its offsets" = "denied" %in% substr(text[voices$story_id], voices$begin, voices$end))

# Quotation marks, tabs, blank lines, backslashes and characters beyond the first plane change nothing.
odd <- "\U1F600 \"No\"; France\tattacked C:\\ Mali.\n\nMali said: \"It \u2014 attacked; us.\" \U1F600 France expelled two envoys of Mali."
events <- code_events(odd, "2020-10-02", title = "A \"title\"; \\ \U1F600")
stopifnot("odd characters come back" =
              identical(substring(odd, events$trigger_begin, events$trigger_end), events$trigger),
          "in sentences" = all(vapply(events$text, grepl, NA, odd, fixed = TRUE)),
          "in titles" = all(events$story_title == "A \"title\"; \\ \U1F600"),
          "there are some" = any(events$event_type == "SANCTION"))
who <- participants(events)
stopifnot("and their sides" = identical(substring(odd, who$begin, who$end), who$words))

# Lists whose last members are empty keep them.
lists <- dragoman:::members_of(c("a;b", "a;;", "", NA, ";b"))
stopifnot(identical(lists, list(c("a", "b"), c("a", "", ""), "", character(), c("", "b"))))

# A data frame of stories does as well, and a file, and threads change nothing.
reports <- system.file("extdata", "reports.jsonl", package = "dragoman")
stories <- read_stories(reports)
stopifnot("stories have text and date" = nrow(stories) == 26 && inherits(stories$date, "Date"))
few <- stories[1:8, ]
coded <- code_events(few)
stopifnot(
    "title and source are passed on" = identical(unique(coded$story_title),
                                                 few$title[few$id %in% coded$story_id]),
    "threads change nothing" = identical(coded, code_events(few, jobs = 3)))
file <- tempfile(fileext = ".jsonl")
writeLines(readLines(reports)[1:8], file)
stopifnot("a file is the same" = identical(coded, code_files(file)),
          "options reach the coder" = all(code_files(file, status = "requested")$status == "requested"))

said <- quotes(text, "2020-10-02")
stopifnot(
    "a denial is a quote" = any(said$kind == "deny" & said$source == "Turkey", na.rm = TRUE),
    "its content is cut out" = "that it had sent fighters to Azerbaijan" %in% said$content)
same <- quotes(c("Iran said it fired.", "Mali said it fired."), "2020-10-02", id = c("a", "a"))
stopifnot("two stories of one id keep their words" = identical(same$source, c("Iran", "Mali")))

found <- places(text, "2020-10-02")
stopifnot("places are cut out" = identical(
    unname(substr(text[found$story_id], found$begin, found$end)), found$text))
when <- times(text, "2020-10-02")
stopifnot("Friday is a day" = when$from[when$text == "Friday"] == as.Date("2020-10-02"))

words <- trees(text)
stopifnot(
    "a row a word" = identical(unname(substr(text[words$story_id], words$begin, words$end)), words$form),
    "each sentence has one root" = all(tapply(words$head == 0, paste(words$story_id, words$sentence), sum) == 1))

why <- explain(text[2], "2020-10-02")
stopifnot("it is explained" = grepl("ASSAULT", why) && inherits(why, "dragoman_explanation"))
marked <- relate("<s>France</s> expelled two envoys of <t>Mali</t>.")
stopifnot("sides are related" = marked$event_type == "SANCTION")

events <- code_events(text, "2020-10-02")
printed <- capture.output(print(events), print(events[0, ]), print(events[, 1:3]),
                          print(events[, c("story_id", "event_date", "event_type", "status", "trigger")]))
stopifnot("events print" = any(grepl("ASSAULT", printed)))
none <- code_events(character(), "2020-10-02")
stopifnot("no texts, no events, all columns" = nrow(none) == 0 && identical(names(none), names(events)),
          nrow(participants(none)) == 0, nrow(quotes(character(), "2020-10-02")) == 0)
