/* Which day an event has that no time in its own clause dates. A report tells the day once, and
 * what it goes on to tell happened then: a speech act when it was said, a later mention of an event
 * when the event happened, a deed told in the past on the day told last. What was done, is being
 * done or will be done has the story's day. */
#include "grounding/calendar.h"
#include "grounding/time_mentions.h"
#include "grounding/time_parties.h"
#include "grounding/times.h"

#include <string.h>

enum {
    NEWS_DAYS = 31,  /* what lies further back is background */
    NEWS_LENGTH = 7, /* a day or so; not "in May" */
    MAX_CLIMB = 40
};

/* Times by what they date; indices into doc->times or DGM_NONE. */
typedef struct {
    uint32_t deed;  /* of the news told last */
    uint32_t said;  /* the same, or when somebody said something about it */
    uint32_t aside; /* background, until the paragraph ends or other news are told */
    bool apart;     /* the deed has one day, what somebody said about it another */
    bool before;    /* the background was over before the news: "had signed in 2024" */
    bool taken_up;  /* the sentence speaks on of somebody of whom either tells: "They fled" */
    uint32_t topic; /* the sentence from which on the parties of these news are told of */
} carried;

typedef struct {
    const dgm_time_words *words;
    dgm_document *doc;
    dgm_by_sentence events;          /* by sentence */
    uint32_t *first_time;            /* by sentence: its first in doc->times */
    uint32_t *own, *time;            /* by event */
    carried *before;                 /* by sentence: what was told before it */
    uint32_t *first_spoken, *spoken; /* by sentence: attributions with words there */
    int32_t *shift;                  /* by event: days from its time, "today" in a quotation */
    uint32_t *topic;                 /* by sentence: that with which its topic began */
    uint32_t lead;                   /* the first time that the report tells, or DGM_NONE */
} story;

static const dgm_sentence *sentence_of(const story *x, uint32_t s)
{
    return x->doc->sentences.at + s;
}

static dgm_told told_of(const story *x)
{
    return (dgm_told) { .doc = x->doc, .in_order = x->events.at, .own = x->own, .time = x->time };
}

/* ---- what the tree says --------------------------------------------------------------------- */

/* "hours after they had fled": whether the mark of the clause has a length of less than a day. */
static bool is_hours_from(const story *x, const dgm_sentence *s, uint32_t word)
{
    uint32_t mark = dgm_marker_of(s->tree, word);
    return mark > 1 && dgm_time_has(x->words, s->words[mark].lemma, DGM_TIME_SHIFT) &&
           dgm_time_is_within_day(x->words, s->words + mark - 1);
}

/* "since they came", "for having shot": of another day than what it is told with; "fled after a
 * shot was fired" is of one, as is what is hours away. */
static bool is_of_other_day(const story *x, const dgm_sentence *s, uint32_t word)
{
    uint32_t mark = dgm_marker_of(s->tree, word);
    return s->words[word].deprel == DGM_REL_ADVCL && mark && !is_hours_from(x, s, word) &&
           !dgm_time_has(x->words, s->words[mark].lemma, DGM_TIME_WHILE) &&
           !(dgm_is_finite(s->tree, word) && !dgm_is_perfect(s->tree, word) &&
             dgm_time_has(x->words, s->words[mark].lemma, DGM_TIME_SHIFT));
}

/* Whether a word stands in a clause that tells of something over: "killed", "was killed", "is said
 * to have killed", "had killed" (then or before), but not "has killed", "kills"; with `same_day`
 * nor in one that is of another day.
 */
static bool is_past_clause(const story *x, const dgm_sentence *s, uint32_t word, bool same_day)
{
    for (uint32_t n = 0; word != 0 && n < MAX_CLIMB; n++) {
        if (dgm_has_to(s->tree, word) && dgm_is_perfect(s->tree, word))
            return true;
        if ((same_day || !dgm_is_finite(s->tree, word)) && is_of_other_day(x, s, word))
            return false; /* "charged in March for arming rebels" */
        if (dgm_is_finite(s->tree, word))
            return dgm_is_past(s->tree, word) &&
                   (!dgm_is_perfect(s->tree, word) || s->words[word].deprel != DGM_REL_ADVCL ||
                    is_hours_from(x, s, word));
        word = s->words[word].head;
    }
    return false;
}

static bool is_told_in_past(const story *x, const dgm_sentence *s, uint32_t word)
{
    return is_past_clause(x, s, word, true);
}

static bool is_past_perfect(const dgm_sentence *s, uint32_t word)
{
    return dgm_is_past(s->tree, word) && dgm_is_perfect(s->tree, word);
}

/* Whether a word is of the sentence's main line: no relative or adverbial clause lies between. */
static bool is_main(const dgm_sentence *s, uint32_t word)
{
    for (uint32_t n = 0; word != 0 && n < MAX_CLIMB; n++) {
        dgm_deprel rel = s->words[word].deprel;
        if (dgm_is_clause(rel) && rel != DGM_REL_CCOMP && rel != DGM_REL_PARATAXIS)
            return false;
        word = s->words[word].head;
    }
    return true;
}

/* By the report or, "allegedly", by somebody else. */
static bool is_told_as_done(const dgm_event *event)
{
    return event->status == DGM_ACTUAL || event->status == DGM_POSSIBLE;
}

/* ---- the day of a sentence ------------------------------------------------------------------ */

static bool is_within(dgm_span span, uint32_t sentence, uint32_t word)
{
    return span.first != 0 && span.sentence == sentence && span.first <= word && word <= span.last;
}

static const dgm_attribution *attribution_at(const story *x, uint32_t k)
{
    return x->doc->attributions_found.at + x->spoken[k];
}

/* The attribution of which that word is the cue; NULL: none. */
static const dgm_attribution *attribution_by(const story *x, uint32_t sentence, uint32_t word)
{
    for (uint32_t k = x->first_spoken[sentence]; k < x->first_spoken[sentence + 1]; k++)
        if (is_within(attribution_at(x, k)->cue, sentence, word))
            return attribution_at(x, k);
    return NULL;
}

static bool is_cue(const story *x, uint32_t sentence, uint32_t word)
{
    return attribution_by(x, sentence, word) != NULL;
}

/* "..., officials said": of nobody who may be the one that acts. */
static bool is_aside(const story *x, const dgm_attribution *a)
{
    const dgm_sentence *s = sentence_of(x, a->cue.sentence);
    uint32_t root = s->tree->first_child[0];
    const dgm_entity *who =
        a->speaker_entity == DGM_NONE ? NULL : &x->doc->entities.at[a->speaker_entity];
    return is_within(a->cue, a->cue.sentence, root) && dgm_told_root(s->tree) != root &&
           (!who || ((!who->country[0] || who->guessed) && who->sector[0]));
}

static bool is_news(const dgm_document *doc, const dgm_time *time)
{
    dgm_day today, begin, end;
    return dgm_day_parse(dgm_view_of(doc->date), &today) &&
           dgm_day_parse(dgm_view_of(time->begin), &begin) &&
           dgm_day_parse(dgm_view_of(time->end), &end) && begin <= today &&
           begin >= today - NEWS_DAYS && end - begin < NEWS_LENGTH;
}

static bool is_quoted(const dgm_document *doc, const dgm_time *time)
{
    return doc->sentences.at[time->span.sentence].words[time->span.first].in_quotes;
}

/* The time that hangs on that very word, and is told by the report itself: not "according to a
 * statement on Friday", nor a day in a quotation. */
static uint32_t time_on(const story *x, uint32_t i_sentence, uint32_t word)
{
    const dgm_sentence *s = sentence_of(x, i_sentence);
    dgm_time_point point = { .sentence = i_sentence, .word = word, .first = word, .last = word };
    uint32_t i_time = dgm_time_of_point(x->words, x->doc, &point, x->first_time[i_sentence]);
    const dgm_time *time = i_time == DGM_NONE ? NULL : x->doc->times.at + i_time;
    return time && dgm_time_hangs_on(s, time) == word && !s->words[time->span.last].in_quotes
               ? i_time
               : DGM_NONE;
}

/* The time of the sentence's main clause, and whether that only tells that somebody said something.
 */
static uint32_t clause_time(const story *x, uint32_t i_sentence, bool *said)
{
    const dgm_sentence *s = sentence_of(x, i_sentence);
    const uint32_t tops[] = { dgm_told_root(s->tree), s->tree->first_child[0] };
    *said = false;
    for (size_t i = 0; i < DGM_LEN(tops) && tops[i] != 0; i++) {
        uint32_t top = tops[i];
        uint32_t time = time_on(x, i_sentence, top);
        const dgm_attribution *voice = attribution_by(x, i_sentence, top);
        if (time != DGM_NONE && !(voice && is_aside(x, voice))) {
            *said = voice != NULL;
            return time;
        }
    }
    return DGM_NONE;
}

/* "Denied that they had shelled it on Monday": what is denied is no news of that day. */
static bool is_denied(const dgm_event *event)
{
    return event->polarity == DGM_NEGATED && event->attributions.n > 0;
}

/* The time of the first deed in the sentence's main line, told in the past. */
static uint32_t main_deed(const story *x, uint32_t i_sentence)
{
    const dgm_sentence *s = sentence_of(x, i_sentence);
    for (uint32_t k = x->events.first[i_sentence]; k < x->events.first[i_sentence + 1]; k++) {
        const dgm_event *event = x->doc->events.at + x->events.at[k];
        uint32_t time = x->own[x->events.at[k]];
        if (time != DGM_NONE && !is_quoted(x->doc, x->doc->times.at + time) &&
            event->status == DGM_ACTUAL && !is_denied(event) && is_main(s, event->trigger_word) &&
            is_told_in_past(x, s, event->trigger_word))
            return time;
    }
    return DGM_NONE;
}

/* The time of the main clause, or else of the first deed in its line. */
static uint32_t main_time(const story *x, uint32_t i_sentence, bool *said)
{
    uint32_t told = clause_time(x, i_sentence, said);
    return told != DGM_NONE ? told : main_deed(x, i_sentence);
}

static bool is_deed(const dgm_event *event)
{
    return is_told_as_done(event) && !dgm_time_is_speech_act(event->type) && !is_denied(event);
}

/* The day of the first deed that the sentence mentions, wherever: "is looking into an attack of May
 * 4" begins a report on that attack. Where its main clause tells a deed, any other is background:
 * "released two whom it had detained on Monday". */
static uint32_t first_deed(const story *x, uint32_t i_sentence)
{
    for (uint32_t k = x->events.first[i_sentence]; k < x->events.first[i_sentence + 1]; k++) {
        const dgm_event *event = x->doc->events.at + x->events.at[k];
        if (x->own[x->events.at[k]] == DGM_NONE && is_deed(event) &&
            is_main(sentence_of(x, i_sentence), event->trigger_word))
            return DGM_NONE;
    }
    for (uint32_t k = x->events.first[i_sentence]; k < x->events.first[i_sentence + 1]; k++) {
        const dgm_event *event = x->doc->events.at + x->events.at[k];
        uint32_t time = x->own[x->events.at[k]];
        if (time != DGM_NONE && is_deed(event) && is_news(x->doc, x->doc->times.at + time))
            return time;
    }
    return DGM_NONE;
}

/* "Bells rang as the presidents announced on Wednesday ...": the first day of what the sentence
 * tells as over, and not as over before that. */
static uint32_t first_news(const story *x, uint32_t i_sentence)
{
    const dgm_sentence *s = sentence_of(x, i_sentence);
    uint32_t deed = first_deed(x, i_sentence);
    if (deed != DGM_NONE)
        return deed;
    for (uint32_t i = x->first_time[i_sentence]; i < x->first_time[i_sentence + 1]; i++) {
        const dgm_time *time = x->doc->times.at + i;
        uint32_t verb = dgm_time_hangs_on(s, time);
        const dgm_attribution *voice = attribution_by(x, i_sentence, verb);
        if (!time->duration && !time->beside && is_news(x->doc, time) && !is_quoted(x->doc, time) &&
            !(voice && is_aside(x, voice)) && !dgm_time_in_dateline(s, time->span.last) &&
            is_told_in_past(x, s, verb) && !dgm_is_perfect(s->tree, verb))
            return i;
    }
    return DGM_NONE;
}

/* "On Sunday a freighter had rescued 41": what the news goes back to. */
static bool goes_back(const dgm_sentence *s)
{
    return is_past_perfect(s, dgm_told_root(s->tree));
}

/* Whether both are of these days, and the one is over before the other. */
static bool is_day_before(const dgm_document *doc, uint32_t a, uint32_t b)
{
    const dgm_time *one = doc->times.at + a, *other = doc->times.at + b;
    return is_news(doc, one) && is_news(doc, other) && strcmp(one->end, other->begin) < 0;
}

/* "Thursday" of "Rebels attacked on Monday, the army said on Thursday", where the deed has the day
 * `deed`: the day on which it was said. DGM_NONE: no other is told. */
static uint32_t day_of_telling(const story *x, uint32_t i_sentence, uint32_t deed)
{
    const dgm_sentence *s = sentence_of(x, i_sentence);
    uint32_t root = s->tree->first_child[0];
    if (root == 0 || dgm_told_root(s->tree) == root || !is_cue(x, i_sentence, root))
        return DGM_NONE;
    uint32_t found = time_on(x, i_sentence, root);
    return found != DGM_NONE && is_day_before(x->doc, deed, found) ? found : DGM_NONE;
}

static void tell(const story *x, uint32_t i_sentence, carried *now)
{
    bool said;
    const dgm_sentence *s = sentence_of(x, i_sentence);
    if (s->sport)
        return; /* what else is told was not on the day of the match */
    uint32_t found = main_time(x, i_sentence, &said);
    if (found == DGM_NONE)
        found = first_news(x, i_sentence);
    const dgm_time *time = found == DGM_NONE ? NULL : x->doc->times.at + found;
    if (!time || dgm_time_granted_deed(x->doc, s, time->span.first) ||
        !dgm_time_is_over(x->doc, time) || dgm_time_is_still_on(x->doc, time))
        return;
    uint32_t telling = said ? DGM_NONE : day_of_telling(x, i_sentence, found);
    bool news = is_news(x->doc, time) && !goes_back(s);
    if (telling != DGM_NONE)
        now->said = telling;
    else if (news)
        now->said = found;
    if (!news) {
        now->aside = found;
        now->before = goes_back(s) || is_past_perfect(s, dgm_time_hangs_on(s, time));
        return;
    }
    now->aside = DGM_NONE;
    uint32_t deed = said ? main_deed(x, i_sentence) : found;
    if (said && (deed == DGM_NONE || !is_day_before(x->doc, deed, found)))
        return;
    now->deed = deed;
    now->apart = said || telling != DGM_NONE;
}

/* ---- what goes on --------------------------------------------------------------------------- */

/* Whether a sentence speaks on of somebody of whom was told before it, asked where it matters. */
static bool takes_up_told(const story *x, uint32_t i_sentence, const carried *told)
{
    uint32_t time = told->aside != DGM_NONE ? told->aside : told->deed;
    return time != DGM_NONE && (told->aside != DGM_NONE ? told->before : told->apart) &&
           dgm_time_takes_up(x->doc, i_sentence, time);
}

/* What was over before the news is told on only in the same tense or of somebody taken up: "had
 * seized Goma in March. They killed dozens", but not "had signed in 2024. Peru sent warships". */
static bool tells_on_aside(const story *x, uint32_t i_sentence, uint32_t word)
{
    const carried *told = x->before + i_sentence;
    return !told->before || told->taken_up || is_past_perfect(sentence_of(x, i_sentence), word);
}

/* "Rebels attacked on Monday, the army said on Thursday. They burned a school", "Nine were killed",
 * but not "Ghana sent troops": whether a deed goes on with one of which others told later. */
static bool goes_on(const story *x, const dgm_event *event, uint32_t i_time)
{
    uint32_t here = event->trigger.sentence;
    return x->before[here].taken_up || is_past_perfect(sentence_of(x, here), event->trigger_word) ||
           dgm_time_names_party(x->doc, event, i_time);
}

/* Whether the sentence of a time tells of nothing that is coded, as of an accident or a match. */
static bool tells_no_deed(const story *x, uint32_t i_time)
{
    uint32_t told = x->doc->times.at[i_time].span.sentence;
    return x->events.first[told] == x->events.first[told + 1];
}

/* ---- speech acts ---------------------------------------------------------------------------- */

/* The attribution in whose words a word stands, the innermost but that of which it is the cue;
 * DGM_NONE. */
static uint32_t attribution_around(const story *x, uint32_t s, uint32_t word)
{
    uint32_t best = DGM_NONE, shortest = UINT32_MAX;
    for (uint32_t k = x->first_spoken[s]; k < x->first_spoken[s + 1]; k++) {
        const dgm_attribution *a = attribution_at(x, k);
        for (uint32_t c = 0; a->cue.first != 0 && c < a->contents.n; c++) {
            dgm_span span = a->contents.at[c];
            if (span.last - span.first < shortest && is_within(span, s, word) &&
                !is_within(a->cue, s, word)) {
                best = x->spoken[k];
                shortest = span.last - span.first;
            }
        }
    }
    return best;
}

static uint32_t attribution_over(const story *x, const dgm_event *event)
{
    return attribution_around(x, event->trigger.sentence, event->trigger_word);
}

/* The time in the clause of an attribution's cue, or in that of one around it ("reported on Monday
 * that he said"). */
static uint32_t time_beside_cue(const story *x, const dgm_attribution *a)
{
    enum { MAX_OUTER = 8 };
    for (uint32_t n = 0; a->cue.first != 0 && n < MAX_OUTER; n++) {
        uint32_t s = a->cue.sentence;
        uint32_t word = dgm_span_head(sentence_of(x, s), a->cue.first, a->cue.last);
        dgm_time_point point = {
            .sentence = s, .word = word, .first = a->cue.first, .last = a->cue.last
        };
        uint32_t time = dgm_time_of_point(x->words, x->doc, &point, x->first_time[s]);
        if (time != DGM_NONE && dgm_time_is_over(x->doc, x->doc->times.at + time) &&
            !is_quoted(x->doc, x->doc->times.at + time))
            return time;
        uint32_t outer = a->outer == DGM_NONE ? attribution_around(x, s, a->cue.first) : a->outer;
        if (outer == DGM_NONE)
            break;
        a = x->doc->attributions_found.at + outer;
    }
    return DGM_NONE;
}

/* The same, where it is of these days: what somebody says has happened may have done so then. */
static uint32_t news_beside_cue(const story *x, const dgm_attribution *a)
{
    uint32_t time = a ? time_beside_cue(x, a) : DGM_NONE;
    return time != DGM_NONE && is_news(x->doc, x->doc->times.at + time) ? time : DGM_NONE;
}

/* A month or more, which holds also what led to the deed and what came of it. */
static bool is_long(const dgm_time *time)
{
    enum { MONTH = 28 };
    dgm_day begin, end;
    return dgm_day_parse(dgm_view_of(time->begin), &begin) &&
           dgm_day_parse(dgm_view_of(time->end), &end) && end - begin >= MONTH - 1;
}

/* "Georgia expelled her in 2023. Armenia said it would not": whether somebody of another country
 * speaks, of what was told with a month or a year. */
static bool is_of_new_speaker(const story *x, const dgm_attribution *a, uint32_t i_time)
{
    return is_long(x->doc->times.at + i_time) && a->speaker_entity != DGM_NONE &&
           dgm_time_is_newcomer(x->doc, a->speaker_entity, i_time, a->cue.sentence);
}

/* When somebody said it: the time beside the cue, or the day told before. */
static uint32_t time_of_cue(const story *x, const dgm_attribution *a)
{
    uint32_t time = time_beside_cue(x, a);
    const dgm_sentence *s = sentence_of(x, a->cue.sentence);
    uint32_t cue = dgm_span_head(s, a->cue.first, a->cue.last);
    if (time != DGM_NONE || !is_told_in_past(x, s, cue))
        return time;
    const carried *told = x->before + a->cue.sentence;
    bool goes_on = told->aside != DGM_NONE && (!told->before || is_past_perfect(s, cue)) &&
                   !is_of_new_speaker(x, a, told->aside);
    return goes_on ? told->aside : told->said;
}

/* What is demanded, promised or blamed in somebody's own words happens as he says it; so does what
 * he says will, may or should be. */
static bool is_made_by_speaking(const dgm_event *event, const dgm_attribution *a)
{
    if (!is_told_as_done(event) ||
        (event->status != DGM_ACTUAL && dgm_time_is_speech_act(event->type)))
        return true;
    return dgm_time_is_speech_act(event->type) &&
           (a->speaker_entity == DGM_NONE || dgm_acts_in(event, a->speaker_entity));
}

/* Such a voice with no day of its own. */
static bool is_mere_voice(const story *x, const dgm_attribution *a)
{
    return is_aside(x, a) && time_beside_cue(x, a) == DGM_NONE;
}

/* "I resign today" in a quotation: how far the day of the quotation, or of what the report has told
 * last, is from the story's. */
static int32_t shift_of(const story *x, const dgm_event *event, uint32_t i_time, uint32_t i_over)
{
    enum { NEAR = 1 };
    const dgm_time *time = x->doc->times.at + i_time;
    dgm_day today, day, said;
    if (time->span.sentence != event->trigger.sentence || !is_quoted(x->doc, time) ||
        !dgm_day_parse(dgm_view_of(x->doc->date), &today) ||
        !dgm_day_parse(dgm_view_of(time->begin), &day) || strcmp(time->begin, time->end) != 0 ||
        day < today - NEAR || day > today + NEAR)
        return 0;
    uint32_t cue = i_over == DGM_NONE ? x->before[time->span.sentence].said
                                      : time_of_cue(x, x->doc->attributions_found.at + i_over);
    if (cue == DGM_NONE || cue == i_time || !is_news(x->doc, x->doc->times.at + cue) ||
        strcmp(x->doc->times.at[cue].begin, x->doc->times.at[cue].end) != 0 ||
        !dgm_day_parse(dgm_view_of(x->doc->times.at[cue].begin), &said))
        return 0;
    return said - today;
}

/* ---- by the sentence's only time ------------------------------------------------------------- */

/* "convicted of conspiracy to sell drugs in 2008": the word that the infinitives over a word hang
 * on. */
static uint32_t above_infinitives(const dgm_sentence *s, uint32_t word)
{
    uint32_t above = word;
    for (uint32_t n = 0; word != 0 && n < MAX_CLIMB; n++) {
        bool infinitive = dgm_has_to(s->tree, word) && !dgm_is_perfect(s->tree, word);
        if (!infinitive && dgm_is_clause(s->words[word].deprel))
            break;
        word = s->words[word].head;
        if (infinitive)
            above = word;
    }
    return above;
}

/* "Chad denied that it had bombed Niger in 2019": whether a word stands in a clause that is what
 * the verb says. */
static bool is_in_content(const dgm_sentence *s, uint32_t word, uint32_t verb)
{
    bool inside = false;
    for (uint32_t n = 0; word != 0 && word != verb && n < MAX_CLIMB; n++) {
        inside = inside || s->words[word].deprel == DGM_REL_CCOMP;
        word = s->words[word].head;
    }
    return inside && word == verb;
}

/* "Found that they had shot him in 2012, and ordered ...", "arrested six, and a judge freed them on
 * Friday": whether the clause of the verb that a time hangs on has it for itself. A month or a year
 * may be that of both. */
static bool is_of_other_clause(const story *x, const dgm_sentence *s, const dgm_time *time,
                               uint32_t word)
{
    bool left = false;
    uint32_t at = word, dated = dgm_time_hangs_on(s, time);
    for (uint32_t n = 0; at != 0 && at != dated && n < MAX_CLIMB; n++) {
        left = left || dgm_time_leaves_perfect(s, at);
        at = s->words[at].head;
    }
    if (is_past_perfect(s, dated) && (left || !is_past_perfect(s, word)))
        return left || at != dated;
    const dgm_event *one = dgm_event_of(x->doc, s->words + word);
    const dgm_event *other = dgm_event_of(x->doc, s->words + dated);
    return !is_long(time) && dated > word && s->words[dated].deprel == DGM_REL_CONJ &&
           s->words[dated].head == word && dgm_has_own_subject(s->tree, dated) &&
           !(one && other && one->quad == other->quad);
}

/* "He was convicted of theft of a car in 2008 and was sentenced": where the sentence has one time
 * in its main line, all of that line has it. */
static uint32_t sole_time(const story *x, const dgm_event *event)
{
    uint32_t i_sentence = event->trigger.sentence, found = DGM_NONE;
    const dgm_sentence *s = sentence_of(x, i_sentence);
    for (uint32_t i = x->first_time[i_sentence]; i < x->first_time[i_sentence + 1]; i++) {
        const dgm_time *time = x->doc->times.at + i;
        if (time->duration || time->beside)
            continue;
        if (found != DGM_NONE)
            return DGM_NONE;
        found = i;
    }
    if (found == DGM_NONE || !dgm_time_is_over(x->doc, x->doc->times.at + found))
        return DGM_NONE;
    const dgm_time *time = x->doc->times.at + found;
    if (dgm_time_is_from_now(x->doc, time) || dgm_time_is_still_on(x->doc, time) ||
        dgm_time_granted_deed(x->doc, s, time->span.first) ||
        !is_past_clause(x, s, event->trigger_word, !is_long(time)) ||
        !(is_long(time) || is_main(s, event->trigger_word)))
        return DGM_NONE;
    const dgm_time_point point = { .sentence = i_sentence,
                                   .word = event->trigger_word,
                                   .first = event->trigger.first,
                                   .last = event->trigger.last };
    if (dgm_time_is_of_what_lasts(x->words, x->doc, &point, time))
        return DGM_NONE;
    if (dgm_time_is_of_cause(x->doc, s, time, event->trigger_word) ||
        is_of_other_clause(x, s, time, event->trigger_word))
        return DGM_NONE;
    uint32_t head = dgm_span_head(s, time->span.first, time->span.last);
    dgm_deprel rel = s->words[head].deprel;
    bool adverbial = rel == DGM_REL_OBL || rel == DGM_REL_OBL_UNMARKED || rel == DGM_REL_ADVMOD ||
                     rel == DGM_REL_NMOD || rel == DGM_REL_NMOD_UNMARKED;
    if (time->past && dgm_has_function(s->tree, head, DGM_FN_OF))
        return DGM_NONE; /* "marched over the war of 1879", but "in a letter of May 5 demanded" */
    return adverbial && is_main(s, above_infinitives(s, head)) && !s->words[head].in_quotes &&
                   !(dgm_time_is_speech_act(event->type) &&
                     is_in_content(s, head, event->trigger_word)) &&
                   !dgm_time_in_dateline(s, time->span.last) &&
                   !is_cue(x, i_sentence, s->words[head].head)
               ? found
               : DGM_NONE;
}

/* "charged on Friday for arming rebels who killed", "freed two whom it had seized": whether a word
 * stands in a clause of another day than the main one's. */
static bool is_before_main(const story *x, const dgm_sentence *s, uint32_t word)
{
    for (uint32_t n = 0; word != 0 && s->words[word].head != 0 && n < MAX_CLIMB; n++) {
        if (is_of_other_day(x, s, word) ||
            (dgm_is_clause(s->words[word].deprel) && dgm_is_perfect(s->tree, word) &&
             !is_hours_from(x, s, word)))
            return true;
        word = s->words[word].head;
    }
    return false;
}

/* "On Friday they adopted a plan by which Chad withdrew its troops": what a sentence goes on to
 * tell in the past happened on the day of its main clause. */
static uint32_t time_of_main_clause(const story *x, const dgm_event *event)
{
    bool said;
    const dgm_sentence *s = sentence_of(x, event->trigger.sentence);
    uint32_t time = clause_time(x, event->trigger.sentence, &said);
    return time != DGM_NONE && dgm_time_is_over(x->doc, x->doc->times.at + time) &&
                   !dgm_time_is_still_on(x->doc, x->doc->times.at + time) &&
                   (is_told_as_done(event) || dgm_time_is_speech_act(event->type)) &&
                   is_told_in_past(x, s, event->trigger_word) &&
                   !is_before_main(x, s, event->trigger_word)
               ? time
               : DGM_NONE;
}

/* ---- live pages ------------------------------------------------------------------------------ */

/* "April 14, 10:45 GMT:", with nothing but marks before the day: no dateline. */
static bool is_stamp(const dgm_sentence *s, const dgm_time *time)
{
    for (uint32_t i = 1; i <= s->n_words; i++)
        if (s->words[i].upos == DGM_VERB ||
            (i < time->words.first && s->words[i].upos != DGM_PUNCT))
            return false;
    return true;
}

static uint32_t time_of_stamp(const story *x, uint32_t sentence)
{
    uint32_t first = sentence;
    while (first > 0 && !sentence_of(x, first)->begins_paragraph)
        first--;
    uint32_t found = x->first_time[first];
    if (first == sentence || found == x->first_time[first + 1])
        return DGM_NONE;
    const dgm_time *time = x->doc->times.at + found;
    return is_stamp(sentence_of(x, first), time) && !time->duration && !is_long(time) &&
                   dgm_time_is_over(x->doc, time)
               ? found
               : DGM_NONE;
}

/* "12:30", "[9.05": the clock before an entry of a live page. */
static bool is_clock(const dgm_word *w)
{
    uint32_t digits = 0, marks = 0;
    for (size_t i = 0; i < w->form.n; i++) {
        bool digit = dgm_is_digit((unsigned char)w->form.p[i]);
        digits += digit;
        marks += (w->form.p[i] == ':' || w->form.p[i] == '.') && digits > 0;
        if (!digit && !marks && w->form.p[i] != '[')
            return false;
    }
    return marks == 1 && (digits == 3 || digits == 4) && w->form.n <= 6;
}

static bool begins_entry(const dgm_sentence *s)
{
    uint32_t first = s->n_words > 1 && s->words[1].upos == DGM_PUNCT ? 2 : 1;
    return s->begins_paragraph && s->n_words > 0 && is_clock(&s->words[first]);
}

/* A live page: what one entry tells of Sunday says nothing of the others. */
static bool is_live_page(const dgm_document *doc)
{
    enum { ENTRIES = 3 };
    uint32_t n = 0;
    for (uint32_t s = 0; s < doc->sentences.n; s++)
        n += begins_entry(&doc->sentences.at[s]);
    return n >= ENTRIES;
}

/* ---- headlines ------------------------------------------------------------------------------ */

/* "Chad has recalled its envoy. A spokesman said on Monday ...": what the report begins with, told
 * as news in the perfect, has the first day that the report goes on to tell. */
static bool is_lead(const story *x, const dgm_event *event)
{
    enum { REACH = 3 };
    uint32_t here = event->trigger.sentence;
    const dgm_sentence *s = sentence_of(x, here);
    bool hours = is_hours_from(x, s, event->trigger_word);
    if (x->lead == DGM_NONE || s->headline || !dgm_is_perfect(s->tree, event->trigger_word) ||
        (dgm_is_past(s->tree, event->trigger_word) && !hours) ||
        !(is_told_as_done(event) || dgm_time_is_speech_act(event->type)))
        return false;
    uint32_t told = x->doc->times.at[x->lead].span.sentence;
    return (hours ? here <= told : here < told) && told <= here + REACH;
}

static void date_headlines(story *x)
{
    const dgm_told told = told_of(x);
    for (uint32_t k = 0; k < x->doc->events.n; k++) {
        uint32_t i = x->events.at[k];
        const dgm_event *event = x->doc->events.at + i;
        if (x->time[i] == DGM_NONE && sentence_of(x, event->trigger.sentence)->headline)
            x->time[i] = dgm_time_of_news(&told, k);
        else if (x->time[i] == DGM_NONE && is_lead(x, event))
            x->time[i] = x->lead;
    }
}

/* ---- what led to the news ------------------------------------------------------------------- */

/* "had shortly before called them", "had called him in late in the evening": on the same day. */
static bool is_shortly_before(const story *x, uint32_t i_sentence, uint32_t verb)
{
    const dgm_sentence *s = sentence_of(x, i_sentence);
    for (uint32_t i = x->first_time[i_sentence]; i < x->first_time[i_sentence + 1]; i++) {
        uint32_t over = dgm_time_hangs_on(s, x->doc->times.at + i);
        if (over == verb ||
            (s->words[over].deprel == DGM_REL_ADVMOD && s->words[over].head == verb))
            return true;
    }
    DGM_EACH_CHILD(s->tree, verb, k)
    if (s->words[k].deprel == DGM_REL_ADVMOD &&
        dgm_time_has(x->words, s->words[k].lemma, DGM_TIME_SHIFT))
        return true;
    return false;
}

/* "Prosecutors had accused him", "Colombia, which had criticised the arrest": what led to what is
 * told. Who "had appealed" or "had fled" often did so on the same day. */
static bool is_gone_before(const story *x, const dgm_event *event)
{
    uint32_t verb = event->trigger_word;
    const dgm_sentence *s = sentence_of(x, event->trigger.sentence);
    dgm_event_type type = dgm_like(event->type);
    return (type == DGM_ACCUSE || type == DGM_THREATEN) && is_past_perfect(s, verb) &&
           attribution_over(x, event) == DGM_NONE && !s->words[verb].in_quotes &&
           !is_hours_from(x, s, verb) && !is_shortly_before(x, event->trigger.sentence, verb);
}

/* ---- all together --------------------------------------------------------------------------- */

/* "Police arrested a reporter on Monday. France condemned the arrest": whether an outsider speaks
 * of what others did that day; what he promises goes on with it. */
static bool is_comment_from_outside(const story *x, const dgm_event *event, uint32_t i_time)
{
    uint32_t told = x->doc->times.at[i_time].span.sentence;
    dgm_event_type type = dgm_like(event->type);
    bool deed = false;
    if (type == DGM_AGREE || type == DGM_CONCEDE)
        return false;
    for (uint32_t k = x->events.first[told]; k < x->events.first[told + 1]; k++) {
        const dgm_event *other = x->doc->events.at + x->events.at[k];
        deed = deed || (x->own[x->events.at[k]] == i_time && is_deed(other) &&
                        other->quad == DGM_QUAD_MATERIAL_CONFLICT);
    }
    return deed && !is_past_perfect(sentence_of(x, event->trigger.sentence), event->trigger_word) &&
           dgm_time_is_of_newcomer(x->doc, event, i_time);
}

/* The time of event k of the order; `gone_before`: whether it led to what is told. */
static uint32_t time_told(const story *x, uint32_t k, bool gone_before)
{
    uint32_t i_event = x->events.at[k];
    const dgm_event *event = x->doc->events.at + i_event;
    const dgm_sentence *s = sentence_of(x, event->trigger.sentence);
    const carried *told = x->before + event->trigger.sentence;
    const dgm_told events = told_of(x);
    bool speech = dgm_time_is_speech_act(event->type);
    uint32_t i_over = attribution_over(x, event);
    if (x->own[i_event] != DGM_NONE) {
        x->shift[i_event] = shift_of(x, event, x->own[i_event], i_over);
        return x->shift[i_event] == 0 ? dgm_time_finer(&events, k) : x->own[i_event];
    }
    const dgm_attribution *over =
        i_over == DGM_NONE ? NULL : x->doc->attributions_found.at + i_over;
    if (over && is_made_by_speaking(event, over) && !is_mere_voice(x, over)) {
        uint32_t cue = time_of_cue(x, over);
        return cue != DGM_NONE && cue == told->said && told->apart &&
                       dgm_time_is_of_others(x->doc, event, cue)
                   ? DGM_NONE
                   : cue;
    }
    uint32_t time = sole_time(x, event);
    if (time != DGM_NONE)
        return time;
    time = dgm_time_of_mention(&events, k);
    if (time == DGM_NONE && !speech)
        time = dgm_time_of_later_mention(&events, k);
    if (time == DGM_NONE && (is_told_as_done(event) || speech))
        time = time_of_stamp(x, event->trigger.sentence);
    if (time != DGM_NONE)
        return time;
    if (s->headline || gone_before)
        return DGM_NONE;
    uint32_t said = news_beside_cue(x, over);
    if (!over || is_mere_voice(x, over))
        time = time_of_main_clause(x, event);
    if (time != DGM_NONE)
        return time;
    if (!is_told_in_past(x, s, event->trigger_word) || (!is_told_as_done(event) && !speech)) {
        if (speech && over && !is_mere_voice(x, over))
            return time_of_cue(x, over); /* what is so then */
        return speech && !over && s->words[event->trigger_word].in_quotes ? told->said : said;
    }
    if (told->aside != DGM_NONE && said == DGM_NONE && !(speech && told->deed != DGM_NONE) &&
        !dgm_time_is_of_others(x->doc, event, told->aside) &&
        tells_on_aside(x, event->trigger.sentence, event->trigger_word))
        return told->aside;
    time = speech ? told->said : told->deed;
    if (time != DGM_NONE && tells_no_deed(x, time) &&
        dgm_time_is_of_no_quarrel(x->doc, event, time))
        return said;
    if (speech && time != DGM_NONE && is_comment_from_outside(x, event, time))
        return said;
    if (told->apart && time != DGM_NONE &&
        (speech ? dgm_time_is_of_others(x->doc, event, time) : !goes_on(x, event, time)))
        return said;
    return time == DGM_NONE ? said : time;
}

/* The cue of an attribution, and the runs of words that it holds, one after the other. */
static dgm_span span_of(const dgm_attribution *a, uint32_t k)
{
    return k == 0 ? a->cue : a->contents.at[k - 1];
}

/* The attributions by the sentences in which they have words. */
static bool sort_attributions(story *x)
{
    const dgm_document *doc = x->doc;
    uint32_t n = doc->sentences.n;
    for (uint32_t i = 0; i < doc->attributions_found.n; i++)
        for (uint32_t k = 0; k <= doc->attributions_found.at[i].contents.n; k++)
            if (span_of(doc->attributions_found.at + i, k).first != 0)
                x->first_spoken[span_of(doc->attributions_found.at + i, k).sentence]++;
    for (uint32_t s = 1; s <= n; s++)
        x->first_spoken[s] += x->first_spoken[s - 1];
    x->spoken = DGM_NEW(doc->arena, uint32_t, (size_t)x->first_spoken[n] + 1);
    if (!x->spoken)
        return false;
    for (uint32_t i = doc->attributions_found.n; i-- > 0;)
        for (uint32_t k = 0; k <= doc->attributions_found.at[i].contents.n; k++) {
            dgm_span span = span_of(doc->attributions_found.at + i, k);
            if (span.first != 0)
                x->spoken[--x->first_spoken[span.sentence]] = i;
        }
    return true;
}

/* Whether a sentence leaves the topic for other parties; words in a quotation do not. */
static bool turns_away(const story *x, uint32_t i_sentence, uint32_t topic)
{
    const dgm_sentence *s = sentence_of(x, i_sentence);
    return !(s->n_words > 0 && s->words[1].in_quotes) &&
           dgm_time_turns_away(x->doc, i_sentence, x->topic, topic);
}

static void find_own(story *x)
{
    for (uint32_t i = 0; i < x->doc->events.n; i++) {
        dgm_event *event = x->doc->events.at + i;
        x->own[i] =
            dgm_time_of_event(x->words, x->doc, event, x->first_time[event->trigger.sentence]);
    }
}

static bool allocate(story *x)
{
    size_t n = (size_t)x->doc->sentences.n + 1, n_events = (size_t)x->doc->events.n + 1;
    x->first_time = DGM_NEW(x->doc->arena, uint32_t, n);
    x->first_spoken = DGM_NEW(x->doc->arena, uint32_t, n);
    x->before = DGM_NEW(x->doc->arena, carried, n);
    x->topic = DGM_NEW(x->doc->arena, uint32_t, n);
    x->own = DGM_NEW(x->doc->arena, uint32_t, n_events);
    x->time = DGM_NEW(x->doc->arena, uint32_t, n_events);
    x->shift = DGM_NEW(x->doc->arena, int32_t, n_events);
    return x->shift && x->first_time && x->first_spoken && x->before && x->topic && x->own &&
           x->time && dgm_events_by_sentence(x->doc, &x->events);
}

static uint32_t unless_long(const story *x, uint32_t i_time)
{
    return i_time != DGM_NONE && is_long(x->doc->times.at + i_time) ? DGM_NONE : i_time;
}

/* A paragraph, or an entry of a live page, takes up the news that the report began with, but no
 * background and no long time: "Bolivia sued Chile last year", and what the next paragraph tells
 * was on some other day. */
static void begin_paragraph(const story *x, const dgm_sentence *s, const carried *lead, bool live,
                            carried *now)
{
    if (live ? begins_entry(s) : s->begins_paragraph && lead->said != DGM_NONE)
        *now = *lead;
    if (!s->begins_paragraph)
        return;
    now->aside = DGM_NONE;
    now->said = unless_long(x, now->said);
    now->deed = unless_long(x, now->deed);
}

dgm_status dgm_times_anchor(const dgm_time_words *words, dgm_document *doc, dgm_err *err)
{
    story x = { .words = words, .doc = doc };
    if (!allocate(&x) || !sort_attributions(&x))
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the days of events");
    uint32_t i_time = 0;
    for (uint32_t s = 0; s < doc->sentences.n; s++) {
        while (i_time < doc->times.n && doc->times.at[i_time].span.sentence < s)
            i_time++;
        x.first_time[s] = i_time;
    }
    x.first_time[doc->sentences.n] = doc->times.n;
    find_own(&x);
    const carried nothing = { DGM_NONE, DGM_NONE, DGM_NONE, .topic = DGM_NONE };
    carried lead = nothing, now = nothing;
    bool live = is_live_page(doc);
    for (uint32_t s = 0; s < doc->sentences.n; s++) {
        begin_paragraph(&x, &doc->sentences.at[s], &lead, live, &now);
        if (now.topic != DGM_NONE && turns_away(&x, s, now.topic))
            now = nothing;
        x.topic[s] = now.topic = now.topic == DGM_NONE ? s : now.topic;
        x.before[s] = now;
        x.before[s].taken_up = takes_up_told(&x, s, &now);
        tell(&x, s, &now);
        if (lead.said == DGM_NONE && !live)
            lead = now;
    }
    x.lead = lead.said;
    for (uint32_t k = 0; k < doc->events.n; k++) {
        uint32_t i = x.events.at[k];
        dgm_event *event = doc->events.at + i;
        bool gone_before = is_gone_before(&x, event);
        x.time[i] = time_told(&x, k, gone_before);
        event->historical |= x.time[i] == DGM_NONE && gone_before;
    }
    date_headlines(&x);
    for (uint32_t i = 0; i < doc->events.n; i++)
        dgm_time_date_event(words, doc, i, x.time[i], x.shift[i]);
    return DGM_OK;
}
