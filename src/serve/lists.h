/* lists.h - pages of lists, and records as answers have them. Inside serve. */
#ifndef DGM_SERVE_LISTS_H
#define DGM_SERVE_LISTS_H

#include "serve/json.h"
#include "serve/routes.h"
#include "store/page.h"

/* Where a list goes on: "2020-10-02.17", the day and number of the last one given. */
typedef struct {
    dgm_page_part part;
    char day[11];
    uint64_t limit;
    /* what was given last, and whether more follows */
    char last_day[11];
    int64_t last_key;
    uint64_t n;
    bool more;
} dgm_list;
bool dgm_list_begin(dgm_question *q, uint64_t otherwise, dgm_list *out);
/* Counts one in; false: the page is full. */
bool dgm_list_take(dgm_list *list, dgm_view day, int64_t key);
void dgm_list_next(const dgm_list *list, dgm_buffer *out);

/* An answer that is a file: it is opened, and what was written to it is there. False: q->err says
 * why it is not. */
bool dgm_question_file(dgm_question *q, const char *type);
bool dgm_question_file_end(dgm_question *q);

/* Where an event stands in the store; event 0: it is not there. False: q->err says why. */
typedef struct {
    int64_t event, story;
} dgm_found;
bool dgm_find_event(dgm_question *q, dgm_view event_id, dgm_found *out);

/* Numbers of events. */
typedef struct {
    dgm_arena *arena;
    DGM_ARRAY(int64_t) at;
    dgm_list *list; /* NULL: all */
    bool failed;
} dgm_numbers;
/* The events of a filter, or only what stands on somebody's word, from where the list goes on;
 * list NULL: all. */
bool dgm_numbers_ask(dgm_question *q, const dgm_filter *filter, bool quotes, dgm_list *list,
                     dgm_numbers *out);

/* The record with its numbers in the store, as a member of an array or (name) of an object. */
void dgm_put_record(dgm_buffer *out, const char *name, int64_t event, int64_t story,
                    const dgm_record *record);
/* "name":[records] */
bool dgm_put_records(dgm_question *q, const char *name, const dgm_numbers *numbers);
/* The same as quotes. */
bool dgm_put_quotes(dgm_question *q, const char *name, const dgm_numbers *numbers);
/* {"key",...,"url"} from DGM_HEAD_CELLS cells, the closing brace left out. */
void dgm_put_head(dgm_buffer *out, const char *name, const dgm_cell *cells);

/* Why an event is coded as it is: "reasons":[...] from its record and, where the story can be coded
 * again, from the notes of the rooms. */
bool dgm_put_reasons(dgm_question *q, dgm_view event_id);

#endif
