# Lists in the cells of events: members parted by ";", as in the CSV of `dragoman code`.

# list of character vectors; an NA has no members. strsplit() alone would drop empty last members.
members_of <- function(cells)
{
    cells <- as.character(cells)
    made <- vector("list", length(cells))
    made[] <- list(character())
    some <- which(!is.na(cells))
    made[some] <- strsplit(paste0(cells[some], ";"), ";", fixed = TRUE)
    empty <- some[cells[some] == ""]
    made[empty] <- list("")
    made
}

# The members of several columns as rows: data frame of event (row number), number, and the columns.
# counted: the column that says how many members there are.
unfolded <- function(events, columns, counted)
{
    n <- lengths(members_of(events[[counted]]))
    cells <- lapply(columns, function(name) {
        members <- members_of(events[[name]])
        short <- lengths(members) != n
        members[short] <- lapply(n[short], function(k) rep("", k))
        values <- as.character(unlist(members))
        values[values == ""] <- NA
        values
    })
    names(cells) <- names(columns)
    data.frame(event = rep(seq_along(n), n), number = sequence(n), cells,
               stringsAsFactors = FALSE)
}

whole_numbers <- function(rows, names)
{
    rows[names] <- lapply(rows[names], as.integer)
    rows
}

needs <- function(events, columns)
{
    missing <- setdiff(columns, names(events))
    if (!is.data.frame(events) || length(missing) > 0)
        stop("these are no events: there is no column ", paste(missing, collapse = ", "),
             call. = FALSE)
}

# ---- events that come back from a file

complain_of <- function(name, wanted, values, bad)
{
    row <- which(bad)[1]
    stop(sprintf("`%s` must be %s; row %d has \"%s\"", name, wanted, row,
                 as.character(values[row])), call. = FALSE)
}

is_blank <- function(values) is.na(values) | values == ""

as_days <- function(values, name)
{
    if (inherits(values, "Date"))
        return(values)
    if (inherits(values, "POSIXt"))
        return(as.Date(format(values, "%Y-%m-%d")))
    if (is.factor(values))
        values <- as.character(values)
    empty <- is_blank(values)
    if (!is.character(values) && !all(empty))
        stop("`", name, "` must be a Date, or text as YYYY-MM-DD", call. = FALSE)
    values <- as.character(values)
    days <- as.Date(ifelse(grepl("^\\d{4}-\\d\\d-\\d\\d$", values), values, NA), "%Y-%m-%d")
    if (any(is.na(days) & !empty))
        complain_of(name, "days as YYYY-MM-DD", values, is.na(days) & !empty)
    days
}

# R writes TRUE, the program writes true.
as_flags <- function(values, name)
{
    if (is.logical(values))
        return(values)
    flags <- as.logical(as.character(values))
    if (any(is.na(flags) & !is_blank(values)))
        complain_of(name, "TRUE or FALSE", values, is.na(flags) & !is_blank(values))
    flags
}

as_numbers <- function(values, name)
{
    if (is.numeric(values))
        return(values)
    numbers <- suppressWarnings(as.numeric(as.character(values)))
    if (any(is.na(numbers) & !is_blank(values)))
        complain_of(name, "numbers", values, is.na(numbers) & !is_blank(values))
    numbers
}

# In a CSV, nobody and somebody of no known country are both an empty cell; codes and words tell
# them apart.
listed <- function(events, side)
{
    cells <- as.character(events[[paste0(side, "_countries")]])
    others <- intersect(paste0(side, c("_codes", "_words")), names(events))
    if (length(others) == 0)
        return(cells)
    nobody <- Reduce(`&`, lapply(events[others], is_blank))
    ifelse(is_blank(cells), ifelse(nobody, NA_character_, ""), cells)
}

# Events of which read.csv() has made text, in the types that code_events() gives.
as_coded <- function(events)
{
    convert <- function(names, how) {
        for (name in intersect(names, base::names(events)))
            events[[name]] <<- how(events[[name]], name)
    }
    events <- as.data.frame(unclass(events), stringsAsFactors = FALSE)
    convert(c("event_date", "story_date"), as_days)
    convert("historical", as_flags)
    convert(c("quad", "goldstein", "intensity"), as_numbers)
    for (side in c("actor", "recipient"))
        if (paste0(side, "_countries") %in% names(events))
            events[[paste0(side, "_countries")]] <- listed(events, side)
    events
}

side_columns <- function(side)
{
    c(words = paste0(side, "_words"), begin = paste0(side, "_begins"),
      end = paste0(side, "_ends"), code = paste0(side, "_codes"),
      country = paste0(side, "_countries"), sector = paste0(side, "_sectors"),
      name = paste0(side, "_names"), id = paste0(side, "_ids"), via = paste0(side, "_via"))
}

participants <- function(events)
{
    both <- lapply(c("actor", "recipient"), function(side) {
        columns <- side_columns(side)
        needs(events, c("event_id", "story_id", columns))
        rows <- unfolded(events, columns, columns[["words"]])
        cbind(rows["event"], role = rep(side, nrow(rows)), rows[-1], stringsAsFactors = FALSE)
    })
    rows <- whole_numbers(do.call(rbind, both), c("begin", "end"))
    rows <- rows[order(rows$event), ]
    finished(rows, events)
}

attributions <- function(events)
{
    columns <- c(kind = "attribution_kinds", cue = "attribution_cues",
                 begin = "attribution_begins", end = "attribution_ends")
    speakers <- side_columns("speaker")
    names(speakers) <- paste0("speaker_", names(speakers))
    needs(events, c("event_id", "story_id", columns, speakers))
    rows <- unfolded(events, c(columns, speakers), "attribution_kinds")
    rows <- whole_numbers(rows, c("begin", "end", "speaker_begin", "speaker_end"))
    finished(rows, events)
}

locations <- function(events)
{
    columns <- c(words = "location_words", begin = "location_begins", end = "location_ends",
                 name = "location_names", country = "location_countries",
                 admin1 = "location_admin1s", lat = "location_lats", lon = "location_lons",
                 geonames_id = "location_geonames_ids", precision = "location_precisions",
                 basis = "location_bases")
    needs(events, c("event_id", "story_id", columns))
    rows <- unfolded(events, columns, "location_words")
    rows <- whole_numbers(rows, c("begin", "end", "geonames_id"))
    rows[c("lat", "lon")] <- lapply(rows[c("lat", "lon")], as.numeric)
    finished(rows, events)
}

# The row numbers give way to the ids that they stand for.
finished <- function(rows, events)
{
    keys <- data.frame(event_id = events$event_id[rows$event],
                       story_id = events$story_id[rows$event], stringsAsFactors = FALSE)
    rows <- cbind(keys, rows[names(rows) != "event"])
    rownames(rows) <- NULL
    rows
}

# As dgm_record_is_plain() in src/output/record.h: a demand, promise or threat was made, whatever
# becomes of it.
is_plain <- function(events)
{
    needs(events, c("event_type", "polarity", "status", "historical", "attribution_kinds"))
    promised <- events$status %in% c("intended", "conditional")
    done <- events$status == "actual" |
        (events$event_type == "REQUEST" & events$status == "requested") |
        (events$event_type %in% c("AGREE", "CONCEDE", "THREATEN") & promised)
    events$polarity == "affirmed" & done & !as_flags(events$historical, "historical") &
        is_blank(events$attribution_kinds)
}

# What a person is shown of an event: "intended, negated", and nothing of what is affirmed and done.
marks_of <- function(events)
{
    marks <- cbind(ifelse(events$status == "actual", "", events$status),
                   ifelse(events$polarity == "negated", "negated", ""),
                   ifelse(events$historical, "historical", ""))
    apply(marks, 1, function(mark) paste(mark[mark != ""], collapse = ", "))
}

# Codes, or words where there are none.
sides_of <- function(events, side)
{
    codes <- events[[paste0(side, "_codes")]]
    shown <- ifelse(grepl("^;*$", codes), events[[paste0(side, "_words")]], codes)
    ifelse(grepl("^;*$", shown), NA, shown)
}

print.dragoman_events <- function(x, n = 20, ...)
{
    shown <- c("story_id", "event_date", "event_type", "polarity", "status", "historical",
               "trigger", outer(c("actor", "recipient", "speaker"), c("_codes", "_words"), paste0))
    if (!all(shown %in% names(x)))
        return(print.data.frame(x, ...))
    n_stories <- length(unique(x$story_id))
    cat(sprintf("%d event%s of %d stor%s, %d columns\n", nrow(x), if (nrow(x) == 1) "" else "s",
                n_stories, if (n_stories == 1) "y" else "ies", ncol(x)))
    few <- head(as.data.frame(unclass(x), stringsAsFactors = FALSE), n)
    if (nrow(few) > 0) {
        shown <- data.frame(date = few$event_date, actors = sides_of(few, "actor"),
                            type = few$event_type, recipients = sides_of(few, "recipient"),
                            marks = marks_of(few), speaker = sides_of(few, "speaker"),
                            trigger = few$trigger, stringsAsFactors = FALSE)
        shown[] <- lapply(shown, function(column) {
            strtrim(ifelse(is.na(column), "", as.character(column)), 24)
        })
        print.data.frame(shown, right = FALSE, row.names = FALSE)
    }
    if (nrow(x) > n)
        cat(sprintf("... %d more rows\n", nrow(x) - n))
    invisible(x)
}
