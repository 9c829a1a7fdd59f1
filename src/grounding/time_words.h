/* time_words.h - the words of time (data/english/time.tsv) and what each word of a sentence may be.
 */
#ifndef DGM_TIME_WORDS_H
#define DGM_TIME_WORDS_H

#include "grammar/grammar.h"

/*    class     what its value means */
/* clang-format off */
#define DGM_TIME_CLASS_MAP(X) \
    X(WEEKDAY, "weekday") X(WEEKDAYS, "weekdays") X(MONTH, "month") X(SEASON, "season") \
    X(UNIT, "unit") X(UNITS, "units") X(DEICTIC, "deictic") X(PART, "part") X(NUMBER, "number") \
    X(ORDINAL, "ordinal") X(VAGUE, "vague") X(WHICH, "which") X(RECENT, "recent") \
    X(EDGE, "edge") X(AGO, "ago") X(SHIFT, "shift") X(SINCE, "since") X(UNTIL, "until") \
    X(BY, "by") X(TO, "to") X(DURING, "during") X(HOLIDAY, "holiday") X(EACH, "each") \
    X(AHEAD, "ahead") X(MODAL, "modal") X(DONE, "done") X(INTEND, "intend") X(SAME, "same") \
    X(EXTEND, "extend") X(OFTEN, "often") X(CLOCK, "clock") X(WHILE, "while") X(GATHERING, "gathering")
/* clang-format on */

typedef enum {
#define X(id, name) DGM_TIME_##id,
    DGM_TIME_CLASS_MAP(X)
#undef X
        DGM_N_TIME_CLASSES
} dgm_time_class;

/* Words that hold an expression together, each by the English word for what it does; which words do
 * it says the table (class mark). */
/* clang-format off */
#define DGM_TIME_MARK_MAP(X) \
    X(A, "a") X(ABOUT, "about") X(AFTER, "after") X(AN, "an") X(AND, "and") \
    X(ANNIVERSARY, "anniversary") \
    X(AROUND, "around") X(AS, "as") X(AT, "at") X(BEFORE, "before") \
    X(BEFORE_MONTH, "before-month") X(BEFORE_YEAR, "before-year") X(BEGINNING, "beginning") X(BETWEEN, "between") \
    X(BLACK, "black") X(BLOODY, "bloody") X(COMING, "coming") X(COUPLE, "couple") \
    X(DAY, "day") X(DOZEN, "dozen") X(DURING, "during") X(EACH, "each") X(EARLIER, "earlier") \
    X(EARLY, "early") X(END, "end") X(EVE, "eve") X(EVER, "ever") X(EVERY, "every") \
    X(FINAL, "final") X(FOLLOWING, "following") X(FROM, "from") X(GENITIVE, "genitive") \
    X(GOOD, "good") X(HALF, "half") X(HOURS, "hours") X(HUNDRED, "hundred") X(IN, "in") \
    X(LAST, "last") X(LATE, "late") X(LATER, "later") X(LEAST, "least") X(LESS, "less") \
    X(LOCAL, "local") X(MID, "mid") X(MIDDLE, "middle") X(MORE, "more") X(MOST, "most") \
    X(NEAR, "near") X(NEW, "new") X(NIGHT, "night") X(NOW, "now") X(OF, "of") X(OLD, "old") \
    X(OLDS, "olds") X(ON, "on") X(ONCE, "once") X(ONE, "one") X(OVER, "over") X(PAST, "past") \
    X(PRECEDING, "preceding") X(PREVIOUS, "previous") X(PRIOR, "prior") X(RECENT, "recent") \
    X(SAME, "same") X(SOFTENER, "softener") X(START, "start") X(THAN, "than") X(THAT, "that") \
    X(THE, "the") X(THEN, "then") X(THESE, "these") X(THOUSAND, "thousand") X(TIME, "time") X(TO, "to") \
    X(TONIGHT, "tonight") X(TWICE, "twice") X(WEEKEND, "weekend") X(WITHIN, "within") \
    X(YEAR, "year")
/* clang-format on */

typedef enum {
#define X(id, name) DGM_MARK_##id,
    DGM_TIME_MARK_MAP(X)
#undef X
        DGM_N_TIME_MARKS
} dgm_time_mark;

typedef enum {
    DGM_UNIT_SECOND,
    DGM_UNIT_MINUTE,
    DGM_UNIT_HOUR,
    DGM_UNIT_DAY,
    DGM_UNIT_WEEKEND,
    DGM_UNIT_WEEK,
    DGM_UNIT_FORTNIGHT,
    DGM_UNIT_MONTH,
    DGM_UNIT_QUARTER,
    DGM_UNIT_YEAR,
    DGM_UNIT_DECADE,
    DGM_UNIT_CENTURY,
    DGM_N_TIME_UNITS
} dgm_time_unit;

typedef enum {
    DGM_EDGE_EARLY,
    DGM_EDGE_MID,
    DGM_EDGE_LATE,
    DGM_EDGE_BEFORE,
    DGM_EDGE_AFTER
} dgm_time_edge;

typedef enum {
    DGM_PART_MORNING,
    DGM_PART_MIDDAY,
    DGM_PART_NOON,
    DGM_PART_AFTERNOON,
    DGM_PART_EVENING,
    DGM_PART_NIGHT,
    DGM_PART_MIDNIGHT,
    DGM_N_TIME_PARTS
} dgm_time_part;

typedef struct dgm_time_words dgm_time_words; /* read-only once loaded */
dgm_status dgm_time_words_load(const char *tables_dir, dgm_complaints *complaints,
                               dgm_time_words **out, dgm_err *err) DGM_MUST_USE;
void dgm_time_words_free(dgm_time_words *words);

typedef enum {
    DGM_SHAPE_WORD,
    DGM_SHAPE_DIGITS,  /* 12 */
    DGM_SHAPE_ORDINAL, /* 2nd */
    DGM_SHAPE_DECADE,  /* 1990s; number 1990 */
    DGM_SHAPE_DATE,    /* 2020-10-02; number is the day number */
    DGM_SHAPE_RANGE    /* 3-5, 2010-2015, 1992-95; number to upto */
} dgm_time_shape;

/* What a word may be in a time expression. */
typedef struct {
    uint64_t marks[(DGM_N_TIME_MARKS + 63) / 64]; /* a bit for each dgm_time_mark */
    uint64_t classes;                             /* bit i: dgm_time_class i */
    uint32_t entry;                               /* first in the table's rows of this word */
    int32_t number, upto;
    uint8_t n_entries;
    uint8_t shape;
    bool capital;
    bool needs_context;
    bool mid; /* "mid-August" in one word; the rest is of August */
} dgm_time_token;

/* The value of a holiday that moves: so many days from Easter Sunday, and this. */
#define DGM_TIME_EASTER (-1000)

dgm_time_token dgm_time_token_of(const dgm_time_words *words, const dgm_word *word);
/* The value that the class gives the word; 0 where it has not the class. */
int32_t dgm_time_value(const dgm_time_words *words, const dgm_time_token *token,
                       dgm_time_class class);
/* Whether a word is a unit of hours or less: "hours", "minutes". */
bool dgm_time_is_within_day(const dgm_time_words *words, const dgm_word *word);
/* Whether a lemma or form has a class. */
bool dgm_time_has(const dgm_time_words *words, dgm_view text, dgm_time_class class);

#endif
