country_codes <- function(file = system.file("extdata", "codes.tsv", package = "dragoman"))
{
    rows <- read.delim(file, comment.char = "#", na.strings = "-", quote = "",
                       colClasses = "character", encoding = "UTF-8")
    data.frame(iso3 = rows$country, name = rows$name, cow = as.integer(rows$cow),
               gw = as.integer(rows$gw), fips = rows$fips, stringsAsFactors = FALSE)
}

month_of <- function(date) as.Date(format(date, "%Y-%m-01"))

# All pairs of states that an event has, once each: row number of the event, from, to. Without
# recipients, several actors are each other's, as in docs/formats/dyads.md.
pairs_of <- function(events)
{
    actors <- lapply(members_of(events$actor_countries), unique)
    recipients <- lapply(members_of(events$recipient_countries), unique)
    mutual <- lengths(recipients) == 0 & lengths(actors) > 1
    recipients[mutual] <- actors[mutual]
    n_actors <- lengths(actors)
    n_recipients <- lengths(recipients)
    row <- rep(seq_along(actors), n_actors * n_recipients)
    from <- unlist(Map(rep, actors, each = n_recipients))
    to <- unlist(Map(rep, recipients, times = n_actors))
    rows <- data.frame(row = row, from = as.character(from), to = as.character(to),
                       stringsAsFactors = FALSE)
    rows[!(mutual[rows$row] & rows$from == rows$to) & rows$from != "" & rows$to != "", ]
}

sides_sorted <- function(pairs)
{
    turned <- pairs$from > pairs$to
    pairs[turned, c("from", "to")] <- pairs[turned, c("to", "from")]
    pairs[!duplicated(pairs[c("row", "from", "to")]), ]
}

# Which pairs can be in the panel: of states that have one of the codes that are asked for.
panel_pairs <- function(pairs, ids, states, organizations, domestic, codes)
{
    known <- rowSums(!is.na(codes[ids])) > 0
    members <- if (is.null(states)) codes$iso3[known] else states
    inside <- function(side) side %in% members | (organizations & !side %in% codes$iso3)
    pairs[inside(pairs$from) & inside(pairs$to) & (domestic | pairs$from != pairs$to), ]
}

# Zeros for months in which a dyad has nothing.
filled <- function(panel, dyads, months)
{
    all <- data.frame(from = rep(dyads$from, each = length(months)),
                      to = rep(dyads$to, each = length(months)),
                      month = rep(months, nrow(dyads)), stringsAsFactors = FALSE)
    at <- match(paste(all$from, all$to, all$month), paste(panel$from, panel$to, panel$month))
    counts <- lapply(panel[setdiff(names(panel), c("from", "to", "month"))], function(column) {
        column <- column[at]
        column[is.na(at)] <- 0L
        column
    })
    data.frame(all, counts, stringsAsFactors = FALSE)
}

# The codes of both sides, and one number for the pair as each project makes it: 1000 times the
# first code and the second.
with_codes <- function(panel, ids, codes, directed)
{
    sides <- if (directed) c("actor", "recipient") else c("state1", "state2")
    made <- data.frame(dyad = paste(panel$from, panel$to, sep = "-"), stringsAsFactors = FALSE)
    for (id in ids) {
        code <- codes[[id]]
        one <- code[match(panel$from, codes$iso3)]
        two <- code[match(panel$to, codes$iso3)]
        if (id == "iso3") {
            one <- panel$from
            two <- panel$to
        }
        made[[paste(sides[1], id, sep = "_")]] <- one
        made[[paste(sides[2], id, sep = "_")]] <- two
        if (id != "iso3") {
            first <- if (directed) one else pmin(one, two)
            second <- if (directed) two else pmax(one, two)
            made[[paste0("dyad_", id)]] <- as.integer(1000 * first + second)
        }
    }
    cbind(made, panel[setdiff(names(panel), c("from", "to"))])
}

quads <- c("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")

# Sums for each pair and month.
summed <- function(pairs, events, months)
{
    of_pair <- function(name) {
        x <- as.numeric(events[[name]][pairs$row])
        ifelse(is.na(x), 0, x)
    }
    quad <- of_pair("quad")
    values <- cbind(rep(1, nrow(pairs)), quad == 1, quad == 2, quad == 3, quad == 4,
                    of_pair("goldstein"), of_pair("intensity"))
    colnames(values) <- c("n", quads, "goldstein", "intensity")
    month <- months[pairs$row]
    key <- paste(pairs$from, pairs$to, month)
    first <- !duplicated(key)
    sums <- rowsum(values, factor(key, key[first]), reorder = FALSE)
    panel <- data.frame(pairs[first, c("from", "to")], month = month[first], sums,
                        row.names = NULL, stringsAsFactors = FALSE)
    panel[c("n", quads)] <- lapply(panel[c("n", quads)], as.integer)
    panel
}

# NULL: it is not given.
one_day <- function(value, name)
{
    if (is.null(value))
        return(NULL)
    day <- tryCatch(as_days(value, name), error = function(e) NA)
    if (length(day) != 1 || is.na(day))
        stop("`", name, "` must be one day, a Date or \"YYYY-MM-DD\"", call. = FALSE)
    day
}

one_flag <- function(value, name)
{
    if (!isTRUE(value) && !isFALSE(value))
        stop("`", name, "` must be TRUE or FALSE", call. = FALSE)
}

month_span <- function(found, since, until)
{
    first <- if (is.null(since)) suppressWarnings(min(found)) else month_of(since)
    last <- if (is.null(until)) suppressWarnings(max(found)) else month_of(until)
    if (is.na(first) || is.na(last) || is.infinite(first) || is.infinite(last) || first > last)
        return(found[0])
    seq(first, last, by = "month")
}

dyad_months <- function(events, ids = c("iso3", "cow", "gw"), fill = TRUE, directed = TRUE,
                        plain = TRUE, one_a_day = FALSE, states = NULL, organizations = FALSE,
                        domestic = FALSE, since = NULL, until = NULL,
                        date = c("event_date", "story_date"), codes = country_codes())
{
    ids <- match.arg(ids, c("iso3", "cow", "gw"), several.ok = TRUE)
    date <- match.arg(date)
    needs(events, c(date, "event_type", "quad", "goldstein", "intensity", "actor_countries",
                    "recipient_countries"))
    if (!is.null(states) && !all(states %in% codes$iso3))
        stop("`states` has codes that `codes` lacks: ",
             paste(setdiff(states, codes$iso3), collapse = ", "), call. = FALSE)
    since <- one_day(since, "since")
    until <- one_day(until, "until")
    for (name in c("fill", "directed", "plain", "one_a_day", "organizations", "domestic"))
        one_flag(get(name), name)
    events <- as_coded(events)
    day <- events[[date]]
    keep <- !is.na(day)
    if (plain)
        keep <- keep & is_plain(events)
    if (!is.null(since))
        keep <- keep & day >= since
    if (!is.null(until))
        keep <- keep & day <= until
    events <- events[keep, ]
    day <- day[keep]
    pairs <- panel_pairs(pairs_of(events), ids, states, organizations, domestic, codes)
    if (!directed)
        pairs <- sides_sorted(pairs)
    if (one_a_day)
        pairs <- pairs[!duplicated(data.frame(pairs[c("from", "to")], day[pairs$row],
                                              events$event_type[pairs$row])), ]
    panel <- summed(pairs, events, month_of(day))
    if (fill) {
        dyads <- unique(panel[c("from", "to")])
        if (!is.null(states))
            dyads <- all_dyads(states, directed, domestic)
        panel <- filled(panel, dyads, month_span(panel$month, since, until))
    }
    panel <- panel[order(panel$from, panel$to, panel$month), ]
    rownames(panel) <- NULL
    with_codes(panel, ids, codes, directed)
}

all_dyads <- function(states, directed, domestic)
{
    states <- sort(unique(states))
    dyads <- data.frame(from = rep(states, each = length(states)), to = rep(states, length(states)),
                        stringsAsFactors = FALSE)
    dyads[(domestic & dyads$from == dyads$to) | (directed & dyads$from != dyads$to) |
              (!directed & dyads$from < dyads$to), ]
}
