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
    events$polarity == "affirmed" & done & !events$historical &
        is.na(events$attribution_kinds)
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
