/* Loads data/english/time.tsv: word, class, value, needs. A word has one row a class; rows of one
 * word are kept side by side, so that the map needs only the first. */
#include "grounding/time_words.h"

#include "grounding/calendar.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_WORD = 32, MAX_ENTRIES = 4096, MAX_MARKED = 256 };

typedef struct {
    dgm_view word; /* into the table's text */
    uint8_t class;
    bool needs_context;
    int32_t value;
} entry;

struct dgm_time_words {
    dgm_map *map;     /* word -> first entry */
    dgm_map *mark_of; /* word -> its place in marks */
    uint64_t marks[MAX_MARKED][(DGM_N_TIME_MARKS + 63) / 64];
    entry *entries;
    uint32_t n, cap;
    char *text;
};

typedef struct {
    dgm_time_words *words;
    dgm_complaints *complaints;
    bool no_memory;
} loading;

static const char *const class_names[DGM_N_TIME_CLASSES] = {
#define X(id, name) [DGM_TIME_##id] = name,
    DGM_TIME_CLASS_MAP(X)
#undef X
};

static const char *const unit_names[DGM_N_TIME_UNITS] = {
    [DGM_UNIT_SECOND] = "second",       [DGM_UNIT_MINUTE] = "minute",
    [DGM_UNIT_HOUR] = "hour",           [DGM_UNIT_DAY] = "day",
    [DGM_UNIT_WEEKEND] = "weekend",     [DGM_UNIT_WEEK] = "week",
    [DGM_UNIT_FORTNIGHT] = "fortnight", [DGM_UNIT_MONTH] = "month",
    [DGM_UNIT_QUARTER] = "quarter",     [DGM_UNIT_YEAR] = "year",
    [DGM_UNIT_DECADE] = "decade",       [DGM_UNIT_CENTURY] = "century",
};
static const char *const mark_names[DGM_N_TIME_MARKS] = {
#define X(id, name) [DGM_MARK_##id] = name,
    DGM_TIME_MARK_MAP(X)
#undef X
};

static const char *const part_names[DGM_N_TIME_PARTS] = {
    [DGM_PART_MORNING] = "morning",     [DGM_PART_MIDDAY] = "midday",   [DGM_PART_NOON] = "noon",
    [DGM_PART_AFTERNOON] = "afternoon", [DGM_PART_EVENING] = "evening", [DGM_PART_NIGHT] = "night",
    [DGM_PART_MIDNIGHT] = "midnight",
};
static const char *const edge_names[] = { "early", "mid", "late", "before", "after" };

static int32_t index_in(const char *const *names, uint32_t n, dgm_view name)
{
    for (uint32_t i = 0; i < n; i++)
        if (dgm_view_eq(dgm_view_of(names[i]), name))
            return (int32_t)i;
    return -1;
}

/* "-1", "12", "12-25" (as 1225). */
static bool parse_number(dgm_view v, int32_t *out)
{
    bool negative = dgm_view_starts(v, DGM_VIEW("-"));
    dgm_view rest = dgm_view_slice(v, negative, v.n);
    size_t dash = dgm_view_find(rest, DGM_VIEW("-"));
    uint64_t a, b = 0;
    if (!dgm_parse_u64(dash == SIZE_MAX ? rest : dgm_view_slice(rest, 0, dash), &a) || a > 10000)
        return false;
    if (dash != SIZE_MAX && (!dgm_parse_u64(dgm_view_slice(rest, dash + 1, rest.n), &b) || b > 31))
        return false;
    *out = (int32_t)(dash == SIZE_MAX ? a : a * 100 + b) * (negative ? -1 : 1);
    return true;
}

/* "12-25" as 1225, of one year "2001-09-11" as 20010911, "easter-2" as DGM_TIME_EASTER - 2. */
static bool parse_holiday(dgm_view v, int32_t *out)
{
    enum { FAR = 100 };
    static const dgm_view easter = { "easter", 6 };
    dgm_day day;
    int32_t year, month, of_month;
    if (dgm_view_starts(v, easter)) {
        dgm_view shift = dgm_view_slice(v, easter.n, v.n);
        int32_t days = 0;
        bool plus = dgm_view_starts(shift, DGM_VIEW("+"));
        if (shift.n > 0 && !parse_number(dgm_view_slice(shift, plus, shift.n), &days))
            return false;
        *out = DGM_TIME_EASTER + days;
        return days > -FAR && days < FAR;
    }
    if (dgm_day_parse(v, &day)) {
        dgm_day_split(day, &year, &month, &of_month);
        *out = year * 10000 + month * 100 + of_month;
        return true;
    }
    return parse_number(v, out) && *out >= 101 && *out <= 1231 && *out % 100 >= 1 &&
           *out / 100 <= 12;
}

static bool parse_value(dgm_time_class class, dgm_view v, int32_t *out)
{
    *out = 0;
    switch (class) {
    case DGM_TIME_UNIT:
    case DGM_TIME_UNITS:
    case DGM_TIME_OFTEN:
        *out = index_in(unit_names, DGM_N_TIME_UNITS, v);
        return *out >= 0;
    case DGM_TIME_EDGE:
        *out = index_in(edge_names, DGM_LEN(edge_names), v);
        return *out >= 0;
    case DGM_TIME_PART:
        *out = index_in(part_names, DGM_N_TIME_PARTS, v);
        return *out >= 0;
    case DGM_TIME_WEEKDAY:
    case DGM_TIME_WEEKDAYS:
        return parse_number(v, out) && *out >= 1 && *out <= 7;
    case DGM_TIME_MONTH:
    case DGM_TIME_SEASON:
        return parse_number(v, out) && *out >= 1 && *out <= 12;
    case DGM_TIME_HOLIDAY:
        return parse_holiday(v, out);
    case DGM_TIME_DEICTIC:
    case DGM_TIME_NUMBER:
    case DGM_TIME_ORDINAL:
    case DGM_TIME_VAGUE:
    case DGM_TIME_WHICH:
    case DGM_TIME_AGO:
    case DGM_TIME_SHIFT:
    case DGM_TIME_RECENT:
    case DGM_TIME_CLOCK:
        return parse_number(v, out);
    default:
        return true;
    }
}

/* A row of the class mark: what the word does is its value. */
static bool add_mark(loading *l, const dgm_row *row)
{
    int32_t mark = index_in(mark_names, DGM_N_TIME_MARKS, row->cell[2]);
    if (mark < 0) {
        dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line, "\"%.*s\" is not a mark",
                     DGM_FMT(row->cell[2]));
        return true;
    }
    uint32_t i = dgm_map_get(l->words->mark_of, row->cell[0]);
    if (i == DGM_NONE) {
        i = dgm_map_count(l->words->mark_of);
        if (i == MAX_MARKED) {
            dgm_complain(l->complaints, DGM_ELIMIT, row->file, row->line,
                         "more than %d words are marks", MAX_MARKED);
            return true;
        }
        if (dgm_map_set(l->words->mark_of, row->cell[0], i, NULL) != DGM_OK)
            return !(l->no_memory = true);
    }
    l->words->marks[i][mark / 64] |= UINT64_C(1) << mark % 64;
    return true;
}

static bool add_row(void *context, const dgm_row *row)
{
    loading *l = context;
    if (dgm_view_eq(row->cell[1], DGM_VIEW("mark")))
        return add_mark(l, row);
    dgm_time_words *words = l->words;
    int32_t class = index_in(class_names, DGM_N_TIME_CLASSES, row->cell[1]);
    int32_t value = 0;
    if (row->cell[0].n == 0 || row->cell[0].n > MAX_WORD || words->n >= MAX_ENTRIES) {
        dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line,
                     "a word of 1 to %d bytes is wanted, at most %d rows", MAX_WORD, MAX_ENTRIES);
        return true;
    }
    if (class < 0 || !parse_value((dgm_time_class) class, row->cell[2], &value)) {
        dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line,
                     "\"%.*s\" is not a class, or \"%.*s\" not a value of it",
                     DGM_FMT(row->cell[1]), DGM_FMT(row->cell[2]));
        return true;
    }
    if (words->n == words->cap) {
        uint32_t cap = words->cap ? words->cap * 2 : 512;
        entry *grown = realloc(words->entries, cap * sizeof(*grown));
        if (!grown)
            return !(l->no_memory = true);
        words->entries = grown;
        words->cap = cap;
    }
    words->entries[words->n++] = (entry) { .word = row->cell[0],
                                           .class = (uint8_t) class,
                                           .needs_context = row->cell[3].n > 0,
                                           .value = value };
    return true;
}

static int by_word(const void *a, const void *b)
{
    const entry *left = a, *right = b;
    int order = dgm_view_cmp(left->word, right->word);
    return order ? order : (int)left->class - (int)right->class;
}

static dgm_status index_words(dgm_time_words *words, dgm_err *err)
{
    if (words->n)
        qsort(words->entries, words->n, sizeof(*words->entries), by_word);
    for (uint32_t i = 0; i < words->n; i++) {
        if (i > 0 && dgm_view_eq(words->entries[i].word, words->entries[i - 1].word))
            continue;
        dgm_status status = dgm_map_set(words->map, words->entries[i].word, i, NULL);
        if (status != DGM_OK)
            return dgm_fail(err, status, NULL, 0, "no memory for the words of time");
    }
    return DGM_OK;
}

dgm_status dgm_time_words_load(const char *tables_dir, dgm_complaints *complaints,
                               dgm_time_words **out, dgm_err *err)
{
    static const char *const columns[] = { "word!", "class!", "value", "needs?", NULL };
    dgm_time_words *words = calloc(1, sizeof(*words));
    if (!words || !(words->map = dgm_map_new()) || !(words->mark_of = dgm_map_new())) {
        dgm_time_words_free(words);
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the words of time");
    }
    loading l = { .words = words, .complaints = complaints };
    dgm_status status = dgm_table_load(tables_dir, "english/time.tsv", columns, add_row, &l,
                                       complaints, &words->text);
    if (status != DGM_OK)
        dgm_fail(err, status, tables_dir, 0, "english/time.tsv cannot be read");
    else if (l.no_memory)
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the words of time");
    if (status == DGM_OK)
        status = index_words(words, err);
    if (status != DGM_OK) {
        dgm_time_words_free(words);
        return status;
    }
    *out = words;
    return DGM_OK;
}

void dgm_time_words_free(dgm_time_words *words)
{
    if (!words)
        return;
    dgm_map_free(words->map);
    dgm_map_free(words->mark_of);
    free(words->entries);
    free(words->text);
    free(words);
}

/* ---- the shapes of figures ------------------------------------------------------------------ */

/* Digits from *i on, at most 6 of them; returns how many. */
static uint32_t read_digits(dgm_view v, size_t *i, int32_t *out)
{
    uint32_t n = 0;
    *out = 0;
    for (; *i < v.n && n < 6 && dgm_is_digit((unsigned char)v.p[*i]); (*i)++, n++)
        *out = *out * 10 + v.p[*i] - '0';
    return n;
}

/* Length of a hyphen or a dash at i, or 0. */
static size_t dash_at(dgm_view v, size_t i)
{
    if (i < v.n && v.p[i] == '-')
        return 1;
    return i + 3 <= v.n && memcmp(v.p + i, "\xE2\x80", 2) == 0 &&
                   ((unsigned char)v.p[i + 2] & 0xFC) == 0x90
               ? 3
               : 0;
}

static void read_range(dgm_view v, size_t i, uint32_t n_first, dgm_time_token *token)
{
    int32_t upto;
    i += dash_at(v, i);
    uint32_t n = read_digits(v, &i, &upto);
    if (n == 0 || i != v.n)
        return;
    if (n_first == 4 && n == 2)
        upto += token->number / 100 * 100;
    if (upto > token->number && (n_first == 4 || n <= 2)) {
        token->shape = DGM_SHAPE_RANGE;
        token->upto = upto;
    }
}

/* "18/09/2001", "9/18/2001", "18.09.2001". With two numbers that could both be the month, strokes
 * are two different days to two readers, and left alone; points put the day first. */
static bool read_short_date(dgm_view v, dgm_day *day)
{
    size_t i = 0;
    int32_t a, b, year;
    uint32_t n_a = read_digits(v, &i, &a);
    char mark = i < v.n ? v.p[i] : 0;
    if (n_a < 1 || n_a > 2 || (mark != '/' && mark != '.'))
        return false;
    i++;
    uint32_t n_b = read_digits(v, &i, &b);
    if (n_b < 1 || n_b > 2 || i >= v.n || v.p[i] != mark)
        return false;
    i++;
    if (read_digits(v, &i, &year) != 4 || i != v.n)
        return false;
    bool day_first = mark == '.' || a > 12 || a == b;
    if (!day_first && b <= 12)
        return false;
    int32_t month = day_first ? b : a, day_of_month = day_first ? a : b;
    if (month < 1 || month > 12 || day_of_month < 1 ||
        day_of_month > dgm_days_in_month(year, month))
        return false;
    *day = dgm_day_of(year, month, day_of_month);
    return true;
}

static void read_figures(dgm_view v, dgm_time_token *token)
{
    size_t i = v.p[0] == '\'' ? 1 : 0;
    int32_t value;
    dgm_day day;
    if (dgm_day_parse(v, &day) || read_short_date(v, &day)) {
        token->shape = DGM_SHAPE_DATE;
        token->number = day;
        return;
    }
    uint32_t n = read_digits(v, &i, &value);
    dgm_view rest = dgm_view_slice(v, i, v.n);
    if (n == 0 || n > 4)
        return;
    token->number = value;
    if (rest.n == 0 && v.p[0] != '\'')
        token->shape = DGM_SHAPE_DIGITS;
    else if (dash_at(v, i))
        read_range(v, i, n, token);
    else if ((n == 4 || n == 2) && value % 10 == 0 &&
             (dgm_view_eq(rest, DGM_VIEW("s")) || dgm_view_eq(rest, DGM_VIEW("'s")))) {
        token->shape = DGM_SHAPE_DECADE;
        token->number = n == 2 ? 1900 + value : value;
    } else if (n <= 2 && (dgm_view_eq(rest, DGM_VIEW("st")) || dgm_view_eq(rest, DGM_VIEW("nd")) ||
                          dgm_view_eq(rest, DGM_VIEW("rd")) || dgm_view_eq(rest, DGM_VIEW("th"))))
        token->shape = DGM_SHAPE_ORDINAL;
}

/* ---- tokens --------------------------------------------------------------------------------- */

static uint32_t first_entry(const dgm_time_words *words, dgm_view text)
{
    char key[MAX_WORD];
    if (text.n > 2 && text.p[text.n - 1] == '.')
        text.n--;
    if (text.n == 0 || text.n > MAX_WORD)
        return DGM_NONE;
    for (size_t i = 0; i < text.n; i++)
        key[i] = dgm_to_lower(text.p[i]);
    return dgm_map_get(words->map, (dgm_view) { key, text.n });
}

static void set_marks(const dgm_time_words *words, dgm_view form, dgm_time_token *token)
{
    char low[MAX_WORD];
    if (form.n > sizeof low)
        return;
    for (size_t i = 0; i < form.n; i++)
        low[i] = dgm_to_lower(form.p[i]);
    uint32_t i = dgm_map_get(words->mark_of, (dgm_view) { low, form.n });
    if (i != DGM_NONE)
        memcpy(token->marks, words->marks[i], sizeof token->marks);
}

dgm_time_token dgm_time_token_of(const dgm_time_words *words, const dgm_word *word)
{
    dgm_time_token token = { .shape = DGM_SHAPE_WORD, .number = -1 };
    dgm_view form = word->form;
    if (form.n == 0)
        return token;
    set_marks(words, form, &token);
    if (form.n > 5 && dgm_view_eq_nocase(dgm_view_slice(form, 0, 4), DGM_VIEW("mid-"))) {
        token.mid = true;
        form = dgm_view_slice(form, 4, form.n);
    }
    token.capital = dgm_is_upper((unsigned char)form.p[0]);
    if (dgm_is_digit((unsigned char)form.p[0]) || form.p[0] == '\'')
        read_figures(form, &token);
    token.entry = first_entry(words, form);
    if (token.entry == DGM_NONE)
        return token;
    const entry *e = words->entries + token.entry;
    for (uint32_t i = token.entry; i < words->n && dgm_view_eq(words->entries[i].word, e->word);
         i++) {
        token.n_entries++;
        token.classes |= UINT64_C(1) << words->entries[i].class;
        token.needs_context |= words->entries[i].needs_context;
    }
    return token;
}

int32_t dgm_time_value(const dgm_time_words *words, const dgm_time_token *token,
                       dgm_time_class class)
{
    for (uint32_t i = 0; i < token->n_entries; i++)
        if (words->entries[token->entry + i].class == class)
            return words->entries[token->entry + i].value;
    return 0;
}

bool dgm_time_is_within_day(const dgm_time_words *words, const dgm_word *word)
{
    static const dgm_time_class units[] = { DGM_TIME_UNIT, DGM_TIME_UNITS };
    dgm_time_token t = dgm_time_token_of(words, word);
    for (size_t i = 0; i < DGM_LEN(units); i++)
        if ((t.classes >> units[i] & 1) && dgm_time_value(words, &t, units[i]) <= DGM_UNIT_HOUR)
            return true;
    return false;
}

bool dgm_time_has(const dgm_time_words *words, dgm_view text, dgm_time_class class)
{
    uint32_t i = first_entry(words, text);
    if (i == DGM_NONE)
        return false;
    dgm_view word = words->entries[i].word;
    for (; i < words->n && dgm_view_eq(words->entries[i].word, word); i++)
        if (words->entries[i].class == class)
            return true;
    return false;
}
