#include "trees.h"

#include "claims/claims.h"
#include "grammar/grammar.h"

/* "requested=REQUEST Aze>Tur": trigger's form, type, actor and recipient by their codes. */
static void add_event(dgm_document *doc, dgm_view spec)
{
    dgm_view form, type, actor, pair = spec;
    assert_true(dgm_view_split(&pair, '=', &form));
    assert_true(dgm_view_split(&pair, '=', &type) || true);
    for (uint32_t i = 0; i < doc->sentences.n; i++) {
        dgm_sentence *s = &doc->sentences.at[i];
        for (uint32_t k = 1; k <= s->n_words; k++) {
            if (!dgm_view_eq(s->words[k].form, form) || s->words[k].event != DGM_NONE)
                continue;
            dgm_event *event = must(dgm_push(doc->arena, &doc->events));
            event->trigger = dgm_span_of(doc, i, k, k);
            event->trigger_word = k;
            event->type = dgm_event_type_of(type);
            assert_int_not_equal(event->type, DGM_EVENT_NONE);
            event->content_of = event->condition_event = DGM_NONE;
            s->words[k].event = doc->events.n - 1;
            for (uint32_t m = 0; pair.n > 0 && m < doc->mentions.n; m++) {
                dgm_participant p = { m, doc->mention_entities.at[m], false };
                dgm_view code = dgm_view_of(doc->entities.at[p.entity].country);
                dgm_view sides = pair;
                dgm_view_split(&sides, '>', &actor);
                if (dgm_view_eq(code, actor) && event->actors.n == 0)
                    *(dgm_participant *)must(dgm_push(doc->arena, &event->actors)) = p;
                if (dgm_view_eq(code, sides) && event->recipients.n == 0)
                    *(dgm_participant *)must(dgm_push(doc->arena, &event->recipients)) = p;
            }
            return;
        }
    }
    fail_msg("no word \"%.*s\"", DGM_FMT(form));
}

typedef struct {
    dgm_grammar *grammar;
    dgm_claims *claims;
    dgm_document doc;
} fixture;

static const char *described(fixture *f, uint32_t i)
{
    const dgm_event *event = &f->doc.events.at[i];
    char chain[200] = "";
    for (uint32_t j = 0; j < event->attributions.n; j++) {
        const dgm_attribution *a = &f->doc.attributions_found.at[event->attributions.at[j]];
        size_t n = strlen(chain);
        snprintf(chain + n, sizeof chain - n, " %s:%s",
                 a->speaker_entity == DGM_NONE ? "?"
                                               : f->doc.entities.at[a->speaker_entity].country,
                 dgm_attribution_kind_name(a->kind));
    }
    return dgm_arena_printf(arena, "%s %s%s%s%s", dgm_polarity_name(event->polarity),
                            dgm_factual_status_name(event->status),
                            event->historical ? " historical" : "", chain,
                            event->condition.first ? " if" : "")
        .p;
}

/* Runs the room over a tree with events set by hand; gives what it says of the events, "; "
 * between them. */
static const char *claims_of(fixture *f, const char *tree, const char *events)
{
    dgm_err err = { 0 };
    read_tree(&f->doc, tree);
    mention_proper_nouns(&f->doc);
    dgm_view specs = dgm_view_of(events), spec;
    while (specs.n > 0 && dgm_view_split(&specs, ' ', &spec))
        add_event(&f->doc, spec);
    assert_int_equal(dgm_grammar_read(f->grammar, &f->doc, &err), DGM_OK);
    assert_int_equal(dgm_claims_find(f->claims, &f->doc, &err), DGM_OK);
    const char *out = "";
    for (uint32_t i = 0; i < f->doc.events.n; i++)
        out = dgm_arena_printf(arena, "%s%s%s", out, i ? "; " : "", described(f, i)).p;
    return out;
}

/* Keeps what is said of lines 3 and after. */
static void keep_by_line(void *context, const dgm_err *err)
{
    dgm_err *seen = context;
    if (err->line >= 3 && err->line < 8)
        seen[err->line - 3] = *err;
}

static int set_up(void **state)
{
    fixture *f = must(calloc(1, sizeof(*f)));
    dgm_err err;
    dgm_complaints complaints = { 0 };
    assert_int_equal(arena_begin(state), 0);
    const char *tables = getenv("DRAGOMAN_TABLES");
    assert_int_equal(dgm_grammar_load(tables, &complaints, &f->grammar, &err), DGM_OK);
    assert_int_equal(dgm_claims_load(tables, &complaints, &f->claims, &err), DGM_OK);
    assert_int_equal(complaints.n, 0);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    dgm_claims_free(f->claims);
    dgm_grammar_free(f->grammar);
    free(f);
    return arena_end(state);
}

typedef struct {
    const char *tree, *events, *expected;
} sample;

static void check(void **state, const sample *samples, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *got = claims_of(*state, samples[i].tree, samples[i].events);
        if (strcmp(got, samples[i].expected) != 0)
            fail_msg("%s\n  expected: %s\n  got:      %s", samples[i].tree, samples[i].expected,
                     got);
    }
}

static void a_speaker_stands_before_inside_or_after_what_is_said(void **state)
{
    static const sample samples[] = {
        { "Ruritania/PROPN/NNP/2/nsubj said:say/VERB/VBD/0/root Borduria/PROPN/NNP/4/nsubj "
          "attacked:attack/VERB/VBD/2/ccomp Syldavia/PROPN/NNP/4/obj ./PUNCT/./2/punct",
          "attacked=ASSAULT", "affirmed actual Rur:say" },
        { "Borduria/PROPN/NNP/2/nsubj attacked:attack/VERB/VBD/5/ccomp Syldavia/PROPN/NNP/2/obj "
          "Ruritania/PROPN/NNP/5/nsubj said:say/VERB/VBD/0/root",
          "attacked=ASSAULT", "affirmed actual Rur:say" },
        { "Borduria/PROPN/NNP/4/nsubj Ruritania/PROPN/NNP/3/nsubj said:say/VERB/VBD/4/parataxis "
          "attacked:attack/VERB/VBD/0/root Syldavia/PROPN/NNP/4/obj",
          "attacked=ASSAULT", "affirmed actual Rur:say" },
        { "Borduria/PROPN/NNP/2/nsubj attacked:attack/VERB/VBD/0/root "
          "according:accord/VERB/VBG/5/case to/ADP/IN/3/fixed Ruritania/PROPN/NNP/2/obl",
          "attacked=ASSAULT", "affirmed actual Rur:say" },
        { "Ruritania/PROPN/NNP/2/nsubj left:leave/VERB/VBD/0/root saying:say/VERB/VBG/2/advcl "
          "Borduria/PROPN/NNP/5/nsubj attacked:attack/VERB/VBD/3/ccomp",
          "attacked=ASSAULT", "affirmed actual Rur:say" },
    };
    check(state, samples, DGM_LEN(samples));
}

static void voices_within_voices_come_outermost_first(void **state)
{
    static const sample samples[] = {
        { "Ruritania/PROPN/NNP/2/nsubj said:say/VERB/VBD/0/root Borduria/PROPN/NNP/4/nsubj "
          "claimed:claim/VERB/VBD/2/ccomp Syldavia/PROPN/NNP/6/nsubj "
          "attacked:attack/VERB/VBD/4/ccomp",
          "attacked=ASSAULT", "affirmed actual Rur:say Bor:claim" },
    };
    check(state, samples, DGM_LEN(samples));
}

static void negation_reaches_the_event_through_operators(void **state)
{
    static const sample samples[] = {
        { "Borduria/PROPN/NNP/4/nsubj did:do/AUX/VBD/4/aux not/PART/RB/4/advmod "
          "attack/VERB/VB/0/root",
          "attack=ASSAULT", "negated actual" },
        { "Borduria/PROPN/NNP/2/nsubj failed:fail/VERB/VBD/0/root to/PART/TO/4/mark "
          "attack/VERB/VB/2/xcomp",
          "attack=ASSAULT", "negated actual" },
        { "Borduria/PROPN/NNP/4/nsubj did:do/AUX/VBD/4/aux not/PART/RB/4/advmod "
          "fail/VERB/VB/0/root to/PART/TO/6/mark attack/VERB/VB/4/xcomp",
          "attack=ASSAULT", "affirmed actual" },
        { "Borduria/PROPN/NNP/2/nsubj denied:deny/VERB/VBD/0/root that/SCONJ/IN/5/mark "
          "it/PRON/PRP/5/nsubj attacked:attack/VERB/VBD/2/ccomp",
          "denied=REJECT=Bor> attacked=ASSAULT", "affirmed actual; negated actual Bor:deny" },
        { "No:no/DET/DT/2/det troops:troop/NOUN/NNS/3/nsubj attacked:attack/VERB/VBD/0/root",
          "attacked=ASSAULT", "negated actual" },
        { "Borduria/PROPN/NNP/2/nsubj left:leave/VERB/VBD/0/root without/SCONJ/IN/4/mark "
          "attacking:attack/VERB/VBG/2/advcl",
          "attacking=ASSAULT", "negated actual" },
        { "Borduria/PROPN/NNP/4/nsubj no/ADV/RB/3/advmod longer:long/ADV/RBR/4/advmod "
          "attacks:attack/VERB/VBZ/0/root",
          "attacks=ASSAULT", "negated actual" },
        { "Borduria/PROPN/NNP/2/nsubj made:make/VERB/VBD/0/root no/DET/DT/4/det "
          "request/NOUN/NN/2/obj",
          "request=REQUEST", "negated requested" },
    };
    check(state, samples, DGM_LEN(samples));
}

static void modality_and_intention_make_an_event_unreal(void **state)
{
    static const sample samples[] = {
        { "Borduria/PROPN/NNP/3/nsubj may/AUX/MD/3/aux attack/VERB/VB/0/root", "attack=ASSAULT",
          "affirmed possible" },
        { "Borduria/PROPN/NNP/2/nsubj plans:plan/VERB/VBZ/0/root to/PART/TO/4/mark "
          "attack/VERB/VB/2/xcomp",
          "attack=ASSAULT", "affirmed intended" },
        { "Borduria/PROPN/NNP/3/nsubj reportedly/ADV/RB/3/advmod attacked:attack/VERB/VBD/0/root",
          "attacked=ASSAULT", "affirmed possible" },
        { "Ruritania/PROPN/NNP/2/nsubj urged:urge/VERB/VBD/0/root Borduria/PROPN/NNP/2/obj "
          "to/PART/TO/5/mark withdraw/VERB/VB/2/xcomp",
          "urged=REQUEST=Rur>Bor withdraw=RETREAT",
          "affirmed requested; affirmed requested Rur:demand" },
        { "Rebels:rebel/NOUN/NNS/3/nsubj:pass are:be/AUX/VBP/3/aux:pass "
          "believed:believe/VERB/VBN/0/root to/PART/TO/6/mark have/AUX/VB/6/aux "
          "attacked:attack/VERB/VBN/3/xcomp",
          "attacked=ASSAULT", "affirmed possible" },
    };
    check(state, samples, DGM_LEN(samples));
}

static void a_condition_is_found_and_makes_its_event_conditional(void **state)
{
    static const sample samples[] = {
        { "Syldavia/PROPN/NNP/3/nsubj would/AUX/MD/3/aux help/VERB/VB/0/root if/SCONJ/IN/5/mark "
          "asked:ask/VERB/VBN/3/advcl",
          "help=AGREE", "affirmed conditional if" },
        { "Syldavia/PROPN/NNP/3/nsubj will/AUX/MD/3/aux retaliate/VERB/VB/0/root "
          "unless/SCONJ/IN/6/mark Borduria/PROPN/NNP/6/nsubj withdraws:withdraw/VERB/VBZ/3/advcl",
          "retaliate=THREATEN withdraws=RETREAT",
          "affirmed conditional if; affirmed hypothetical" },
        { "Should:should/AUX/MD/3/aux Borduria/PROPN/NNP/3/nsubj attack/VERB/VB/7/advcl "
          ",/PUNCT/,/3/punct Syldavia/PROPN/NNP/7/nsubj will/AUX/MD/7/aux "
          "retaliate/VERB/VB/0/root",
          "attack=ASSAULT retaliate=THREATEN", "affirmed hypothetical; affirmed conditional if" },
    };
    check(state, samples, DGM_LEN(samples));
}

static void a_long_quotation_keeps_its_speaker(void **state)
{
    static const sample samples[] = {
        { "\"/PUNCT/``/3/punct We:we/PRON/PRP/3/nsubj fought:fight/VERB/VBD/7/ccomp "
          ",/PUNCT/,/3/punct \"/PUNCT/''/3/punct Borduria/PROPN/NNP/7/nsubj "
          "said:say/VERB/VBD/0/root ./PUNCT/./7/punct | \"/PUNCT/``/3/punct "
          "They:they/PRON/PRP/3/nsubj attacked:attack/VERB/VBD/0/root us:we/PRON/PRP/3/obj "
          "./PUNCT/./3/punct \"/PUNCT/''/3/punct",
          "attacked=ASSAULT", "affirmed actual Bor:say" },
    };
    check(state, samples, DGM_LEN(samples));
}

static void a_denial_contradicts_what_the_accusation_is_about(void **state)
{
    fixture *f = *state;
    const char *got = claims_of(
        f,
        "Ruritania/PROPN/NNP/2/nsubj accused:accuse/VERB/VBD/0/root Borduria/PROPN/NNP/2/obj "
        "of/SCONJ/IN/5/mark aiding:aid/VERB/VBG/2/advcl rebels:rebel/NOUN/NNS/5/obj | "
        "Borduria/PROPN/NNP/2/nsubj denied:deny/VERB/VBD/0/root the/DET/DT/4/det "
        "accusation/NOUN/NN/2/obj",
        "accused=ACCUSE=Rur>Bor aiding=AID=Bor> denied=REJECT=Bor>");
    assert_string_equal(got, "affirmed actual; affirmed actual Rur:accuse; affirmed actual");
    assert_int_equal(f->doc.events.at[1].content_of, 0);
    assert_int_equal(f->doc.events.at[2].contradicts.n, 1);
    assert_int_equal(f->doc.events.at[2].contradicts.at[0], 1);
}

/* "Denied access" denies no claim, and a denial of its own clause answers only the same deed. */
static void a_denial_leaves_other_accusations_alone(void **state)
{
    fixture *f = *state;
    claims_of(f,
              "Ruritania/PROPN/NNP/2/nsubj accused:accuse/VERB/VBD/0/root Borduria/PROPN/NNP/2/obj "
              "of/SCONJ/IN/5/mark aiding:aid/VERB/VBG/2/advcl rebels:rebel/NOUN/NNS/5/obj | "
              "Borduria/PROPN/NNP/2/nsubj denied:deny/VERB/VBD/0/root access/NOUN/NN/2/obj",
              "accused=ACCUSE=Rur>Bor aiding=AID=Bor> denied=REJECT=Bor>");
    assert_int_equal(f->doc.events.at[2].contradicts.n, 0);
    claims_of(f,
              "Ruritania/PROPN/NNP/2/nsubj accused:accuse/VERB/VBD/0/root Borduria/PROPN/NNP/2/obj "
              "of/SCONJ/IN/5/mark aiding:aid/VERB/VBG/2/advcl rebels:rebel/NOUN/NNS/5/obj | "
              "Borduria/PROPN/NNP/2/nsubj denied:deny/VERB/VBD/0/root that/SCONJ/IN/5/mark "
              "it/PRON/PRP/5/nsubj attacked:attack/VERB/VBD/2/ccomp Syldavia/PROPN/NNP/5/obj",
              "accused=ACCUSE=Rur>Bor aiding=AID=Bor> denied=REJECT=Bor> attacked=ASSAULT=Bor>Syl");
    assert_int_equal(f->doc.events.at[2].contradicts.n, 0);
    assert_int_equal(f->doc.events.at[3].contradicts.n, 0);
}

static void a_second_verb_belongs_where_its_form_is(void **state)
{
    static const sample samples[] = {
        { "Borduria/PROPN/NNP/2/nsubj denied:deny/VERB/VBD/0/root that/SCONJ/IN/6/mark "
          "it/PRON/PRP/6/nsubj had:have/AUX/VBD/6/aux attacked:attack/VERB/VBN/2/ccomp "
          "Syldavia/PROPN/NNP/6/obj and/CCONJ/CC/9/cc demanded:demand/VERB/VBD/6/conj "
          "help/NOUN/NN/9/obj",
          "attacked=ASSAULT demanded=REQUEST", "negated actual Bor:deny; affirmed requested" },
        { "Borduria/PROPN/NNP/2/nsubj said:say/VERB/VBD/0/root Syldavia/PROPN/NNP/5/nsubj "
          "had:have/AUX/VBD/5/aux withdrawn:withdraw/VERB/VBN/2/ccomp and/CCONJ/CC/7/cc "
          "freed:free/VERB/VBD/5/conj sailors:sailor/NOUN/NNS/7/obj",
          "freed=RETREAT", "affirmed actual Bor:say" },
    };
    check(state, samples, DGM_LEN(samples));
}

static void what_is_presupposed_keeps_its_status(void **state)
{
    static const sample samples[] = {
        { "Borduria/PROPN/NNP/2/nsubj asked:ask/VERB/VBD/0/root Syldavia/PROPN/NNP/2/obj "
          "to/PART/TO/5/mark free/VERB/VB/2/xcomp sailors:sailor/NOUN/NNS/5/obj "
          "whom/PRON/WP/9/obj it/PRON/PRP/9/nsubj arrested:arrest/VERB/VBD/6/acl:relcl",
          "free=RETREAT arrested=COERCE", "affirmed requested Bor:demand; affirmed actual" },
        { "Borduria/PROPN/NNP/4/nsubj did:do/AUX/VBD/4/aux not/PART/RB/4/advmod say/VERB/VB/0/root "
          "who/PRON/WP/6/nsubj attacked:attack/VERB/VBD/4/ccomp Syldavia/PROPN/NNP/6/obj",
          "attacked=ASSAULT", "affirmed actual" },
        { "Borduria/PROPN/NNP/4/nsubj did:do/AUX/VBD/4/aux not/PART/RB/4/advmod say/VERB/VB/0/root "
          "whether/SCONJ/IN/7/mark Syldavia/PROPN/NNP/7/nsubj attacked:attack/VERB/VBD/4/ccomp",
          "attacked=ASSAULT", "affirmed hypothetical Bor:say" },
        { "police/NOUN/NNS/2/nsubj seek/VERB/VBP/0/root clues:clue/NOUN/NNS/2/obj "
          "of/ADP/IN/5/case information/NOUN/NN/3/nmod that/PRON/WDT/7/nsubj "
          "leads:lead/VERB/VBZ/5/acl:relcl to/ADP/IN/10/case an/DET/DT/10/det "
          "arrest/NOUN/NN/7/obl",
          "arrest=COERCE", "affirmed hypothetical" },
    };
    check(state, samples, DGM_LEN(samples));
}

static void an_attempt_is_actual_and_no_report_denies(void **state)
{
    static const sample samples[] = {
        { "Borduria/PROPN/NNP/2/nsubj tried:try/VERB/VBD/0/root to/PART/TO/4/mark "
          "attack/VERB/VB/2/xcomp Syldavia/PROPN/NNP/4/obj",
          "attack=ASSAULT", "affirmed actual" },
        { "there/PRON/EX/2/expl were:be/VERB/VBD/0/root no/DET/DT/4/det "
          "reports:report/NOUN/NNS/2/nsubj of/ADP/IN/6/case clashes:clash/NOUN/NNS/4/nmod",
          "clashes=ASSAULT", "negated actual" },
        { "Borduria/PROPN/NNP/3/nsubj to/PART/TO/3/mark withdraw/VERB/VB/0/root "
          "troops:troop/NOUN/NNS/3/obj",
          "withdraw=RETREAT", "affirmed intended" },
    };
    check(state, samples, DGM_LEN(samples));
}

static void a_year_long_past_makes_background(void **state)
{
    static const sample samples[] = {
        { "Borduria/PROPN/NNP/2/nsubj attacked:attack/VERB/VBD/0/root Syldavia/PROPN/NNP/2/obj "
          "in/ADP/IN/5/case 2008/NUM/CD/2/obl",
          "attacked=ASSAULT", "affirmed actual historical" },
        { "Borduria/PROPN/NNP/2/nsubj attacked:attack/VERB/VBD/0/root Syldavia/PROPN/NNP/2/obj "
          "in/ADP/IN/5/case 2020/NUM/CD/2/obl",
          "attacked=ASSAULT", "affirmed actual" },
    };
    check(state, samples, DGM_LEN(samples));
}

static void what_stands_at_the_end_is_said_of_the_whole_sentence(void **state)
{
    static const sample samples[] = {
        { "Borduria/PROPN/NNP/2/nsubj attacked:attack/VERB/VBD/0/root Syldavia/PROPN/NNP/2/obj "
          ",/PUNCT/,/6/punct Ruritania/PROPN/NNP/6/nsubj announced:announce/VERB/VBD/2/conj "
          "./PUNCT/./2/punct",
          "attacked=ASSAULT", "affirmed actual Rur:say" },
        { "Borduria/PROPN/NNP/6/nsubj attacked:attack/VERB/VBD/6/advcl Syldavia/PROPN/NNP/2/obj "
          ",/PUNCT/,/5/punct Ruritania/PROPN/NNP/6/nsubj confirmed:confirm/VERB/VBD/0/root "
          "./PUNCT/./6/punct",
          "attacked=ASSAULT", "affirmed actual Rur:say" },
    };
    check(state, samples, DGM_LEN(samples));
}

static void who_dismisses_reports_denies_what_they_hold(void **state)
{
    static const sample samples[] = {
        { "Borduria/PROPN/NNP/2/nsubj dismissed:dismiss/VERB/VBD/0/root "
          "reports:report/NOUN/NNS/2/obj that/SCONJ/IN/6/mark it/PRON/PRP/6/nsubj "
          "attacked:attack/VERB/VBD/3/acl",
          "attacked=ASSAULT", "negated actual Bor:deny" },
        { "Borduria/PROPN/NNP/2/nsubj dismissed:dismiss/VERB/VBD/0/root "
          "Syldavia/PROPN/NNP/5/nmod:poss "
          "'s/PART/POS/3/case claim/NOUN/NN/2/obj that/SCONJ/IN/8/mark it/PRON/PRP/8/nsubj "
          "attacked:attack/VERB/VBD/5/acl",
          "attacked=ASSAULT", "affirmed actual Syl:claim" },
    };
    check(state, samples, DGM_LEN(samples));
}

static void a_condition_on_a_promise_is_on_what_is_promised(void **state)
{
    static const sample samples[] = {
        { "Borduria/PROPN/NNP/2/nsubj threatened:threaten/VERB/VBD/0/root to/PART/TO/4/mark "
          "attack/VERB/VB/2/xcomp unless/SCONJ/IN/7/mark rebels:rebel/NOUN/NNS/7/nsubj "
          "withdraw/VERB/VBP/2/advcl",
          "threatened=THREATEN=Bor> attack=ASSAULT=Bor> withdraw=RETREAT",
          "affirmed conditional if; affirmed conditional Bor:promise if; affirmed hypothetical" },
    };
    check(state, samples, DGM_LEN(samples));
}

static void a_participle_of_speech_belongs_to_the_speaker_before_it(void **state)
{
    static const sample samples[] = {
        { "Borduria/PROPN/NNP/2/nsubj denied:deny/VERB/VBD/0/root that/SCONJ/IN/5/mark "
          "it/PRON/PRP/5/nsubj attacked:attack/VERB/VBD/2/ccomp ,/PUNCT/,/7/punct "
          "saying:say/VERB/VBG/5/advcl Syldavia/PROPN/NNP/9/nsubj shelled:shell/VERB/VBD/7/ccomp "
          "villages:village/NOUN/NNS/9/obj",
          "attacked=ASSAULT shelled=ASSAULT", "negated actual Bor:deny; affirmed actual Bor:say" },
    };
    check(state, samples, DGM_LEN(samples));
}

static void who_speaks_amid_what_is_said_is_heard(void **state)
{
    static const sample samples[] = {
        /* hung on the verb after, on the noun before */
        { "Borduria/PROPN/NNP/7/nsubj ,/PUNCT/,/1/punct Ruritania/PROPN/NNP/4/nsubj "
          "said:say/VERB/VBD/7/advcl ,/PUNCT/,/1/punct has/AUX/VBZ/7/aux "
          "attacked:attack/VERB/VBN/0/root Syldavia/PROPN/NNP/7/obj",
          "attacked=ASSAULT", "affirmed actual Rur:say" },
        { "Borduria/PROPN/NNP/7/nsubj ,/PUNCT/,/1/punct Ruritania/PROPN/NNP/4/nsubj "
          "says:say/VERB/VBZ/1/acl:relcl ,/PUNCT/,/1/punct has/AUX/VBZ/7/aux "
          "attacked:attack/VERB/VBN/0/root Syldavia/PROPN/NNP/7/obj",
          "attacked=ASSAULT", "affirmed actual Rur:say" },
        /* a second subject of what is said */
        { "Borduria/PROPN/NNP/5/nsubj ,/PUNCT/,/1/punct said:say/VERB/VBD/0/root "
          "Ruritania/PROPN/NNP/5/nsubj attacked:attack/VERB/VBD/3/ccomp Syldavia/PROPN/NNP/5/obj",
          "attacked=ASSAULT", "affirmed actual Rur:say" },
        /* beside it */
        { "In:in/ADP/IN/3/case the/DET/DT/3/det opinion/NOUN/NN/6/obl of/ADP/IN/5/case "
          "Ruritania/PROPN/NNP/3/nmod attacked:attack/VERB/VBD/0/root Borduria/PROPN/NNP/6/obj",
          "attacked=ASSAULT", "affirmed actual Rur:believe" },
    };
    check(state, samples, DGM_LEN(samples));
}

static void words_of_degree_and_way_decide_whether_it_happened(void **state)
{
    static const sample samples[] = {
        { "In:in/ADP/IN/3/case no/DET/DT/3/det way/NOUN/NN/6/obl has/AUX/VBZ/6/aux "
          "Borduria/PROPN/NNP/6/nsubj attacked:attack/VERB/VBN/0/root",
          "attacked=ASSAULT", "negated actual" },
        { "Borduria/PROPN/NNP/3/nsubj nearly/ADV/RB/3/advmod attacked:attack/VERB/VBD/0/root",
          "attacked=ASSAULT", "negated actual" },
        { "Borduria/PROPN/NNP/3/nsubj was:be/AUX/VBD/3/cop able/ADJ/JJ/0/root to/PART/TO/5/mark "
          "attack/VERB/VB/3/xcomp",
          "attack=ASSAULT", "affirmed actual" },
        { "Borduria/PROPN/NNP/3/nsubj is:be/AUX/VBZ/3/cop able/ADJ/JJ/0/root to/PART/TO/5/mark "
          "attack/VERB/VB/3/xcomp",
          "attack=ASSAULT", "affirmed possible" },
        { "Those:those/PRON/DT/5/nsubj who/PRON/WP/3/nsubj attack/VERB/VBP/1/acl:relcl "
          "will/AUX/MD/5/aux suffer/VERB/VB/0/root",
          "attack=ASSAULT", "affirmed hypothetical" },
        { "Borduria/PROPN/NNP/2/nsubj came:come/VERB/VBD/0/root close/ADV/RB/2/advmod "
          "to/SCONJ/IN/5/mark attacking:attack/VERB/VBG/2/advcl",
          "attacking=ASSAULT", "negated actual" },
        /* the complement hangs on the object */
        { "Courts:court/NOUN/NNS/2/nsubj acquitted:acquit/VERB/VBD/0/root Borduria/PROPN/NNP/2/obj "
          "of/SCONJ/IN/5/mark attacking:attack/VERB/VBG/3/acl",
          "attacking=ASSAULT", "negated actual" },
        { "Reports:report/NOUN/NNS/6/nsubj that/SCONJ/IN/4/mark Borduria/PROPN/NNP/4/nsubj "
          "attacked:attack/VERB/VBD/1/acl are:be/AUX/VBP/6/cop false/ADJ/JJ/0/root",
          "attacked=ASSAULT", "negated actual" },
    };
    check(state, samples, DGM_LEN(samples));
}

/* "Ruritania said [one; two] direct": who, cue, contents. */
static const char *attributions_of(fixture *f, const char *tree)
{
    static const char *const direct[] = { "indirect", "direct", "mixed" };
    claims_of(f, tree, "");
    const char *out = "";
    for (uint32_t i = 0; i < f->doc.attributions_found.n; i++) {
        const dgm_attribution *a = &f->doc.attributions_found.at[i];
        out = dgm_arena_printf(arena, "%s%s%.*s %.*s [", out, i ? "; " : "",
                               DGM_FMT(dgm_span_text(&f->doc, a->source)),
                               DGM_FMT(dgm_span_text(&f->doc, a->cue)))
                  .p;
        for (uint32_t j = 0; j < a->contents.n; j++)
            out = dgm_arena_printf(arena, "%s%s%.*s", out, j ? "|" : "",
                                   DGM_FMT(dgm_span_text(&f->doc, a->contents.at[j])))
                      .p;
        out = dgm_arena_printf(arena, "%s] %s", out, direct[a->direct]).p;
    }
    return out;
}

static void an_attribution_holds_all_that_is_said_and_nothing_else(void **state)
{
    static const struct {
        const char *tree, *expected;
    } samples[] = {
        { "“/PUNCT/``/5/punct Rebels:rebel/NOUN/NNS/9/nsubj ,/PUNCT/,/2/punct ”/PUNCT/''/2/punct "
          "said:say/VERB/VBD/0/root Ruritania/PROPN/NNP/5/nsubj ,/PUNCT/,/5/punct "
          "“/PUNCT/``/9/punct fled:flee/VERB/VBD/5/ccomp ./PUNCT/./9/punct ”/PUNCT/''/9/punct",
          "Ruritania said [Rebels|fled] direct" },
        { "Ruritania/PROPN/NNP/2/nsubj said:say/VERB/VBD/0/root that/SCONJ/IN/5/mark "
          "rebels/NOUN/NNS/5/nsubj fled:flee/VERB/VBD/2/ccomp ./PUNCT/./2/punct",
          "Ruritania said [that rebels fled] indirect" },
        { "Ruritania/PROPN/NNP/2/nsubj said:say/VERB/VBD/0/root rebels/NOUN/NNS/5/nsubj "
          "“/PUNCT/``/5/punct fled:flee/VERB/VBD/2/ccomp ”/PUNCT/''/5/punct ./PUNCT/./2/punct",
          "Ruritania said [rebels “ fled] mixed" },
        { "“/PUNCT/``/2/punct Rebels:rebel/NOUN/NNS/6/obl fled:flee/VERB/VBD/6/ccomp "
          "”/PUNCT/''/3/punct Ruritania/PROPN/NNP/6/nsubj said:say/VERB/VBD/0/root "
          "./PUNCT/./6/punct | “/PUNCT/``/3/punct We:we/PRON/PRP/3/nsubj "
          "won:win/VERB/VBD/0/root ./PUNCT/./3/punct ”/PUNCT/''/3/punct",
          "Ruritania said [Rebels fled|We won] direct" },
        { "Ruritania/PROPN/NNP/2/nsubj demanded:demand/VERB/VBD/0/root higher/ADJ/JJR/4/amod "
          "pay/NOUN/NN/2/obj",
          "Ruritania demanded [higher pay] indirect" },
        { "Rebels:rebel/NOUN/NNS/3/nsubj reportedly/ADV/RB/3/advmod fled:flee/VERB/VBD/0/root",
          " reportedly [Rebels|fled] indirect" },
        { "The:the/DET/DT/2/det “/PUNCT/``/3/punct rebels/NOUN/NNS/5/nsubj ”/PUNCT/''/3/punct "
          "fled:flee/VERB/VBD/0/root",
          "  [rebels] direct" },
    };
    for (size_t i = 0; i < DGM_LEN(samples); i++)
        assert_string_equal(attributions_of(*state, samples[i].tree), samples[i].expected);
}

static void rows_that_are_wrong_are_named_and_passed_over(void **state)
{
    (void)state;
    static const char *const expected[] = { "unknown kind \"whisper\"",
                                            "unknown frame in \"that,upon\"",
                                            "unknown effect \"perhaps\"",
                                            "unknown year \"long ago\"" };
    char dir[4096];
    snprintf(dir, sizeof dir, "%s/claims", getenv("DRAGOMAN_TEST_TABLES"));
    dgm_err seen[8];
    dgm_complaints complaints = { .fn = keep_by_line, .context = seen };
    dgm_claims *claims = NULL;
    dgm_err err;
    assert_int_equal(dgm_claims_load(dir, &complaints, &claims, &err), DGM_OK);
    dgm_claims_free(claims);
    assert_int_equal(complaints.n, DGM_LEN(expected));
    for (size_t i = 0; i < DGM_LEN(expected); i++) {
        assert_string_equal(seen[i].msg, expected[i]);
        assert_int_equal(seen[i].line, i + 3);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_speaker_stands_before_inside_or_after_what_is_said),
        cmocka_unit_test(voices_within_voices_come_outermost_first),
        cmocka_unit_test(negation_reaches_the_event_through_operators),
        cmocka_unit_test(modality_and_intention_make_an_event_unreal),
        cmocka_unit_test(a_condition_is_found_and_makes_its_event_conditional),
        cmocka_unit_test(a_long_quotation_keeps_its_speaker),
        cmocka_unit_test(a_denial_contradicts_what_the_accusation_is_about),
        cmocka_unit_test(a_denial_leaves_other_accusations_alone),
        cmocka_unit_test(a_second_verb_belongs_where_its_form_is),
        cmocka_unit_test(what_is_presupposed_keeps_its_status),
        cmocka_unit_test(an_attempt_is_actual_and_no_report_denies),
        cmocka_unit_test(a_year_long_past_makes_background),
        cmocka_unit_test(what_stands_at_the_end_is_said_of_the_whole_sentence),
        cmocka_unit_test(who_dismisses_reports_denies_what_they_hold),
        cmocka_unit_test(a_condition_on_a_promise_is_on_what_is_promised),
        cmocka_unit_test(a_participle_of_speech_belongs_to_the_speaker_before_it),
        cmocka_unit_test(who_speaks_amid_what_is_said_is_heard),
        cmocka_unit_test(words_of_degree_and_way_decide_whether_it_happened),
        cmocka_unit_test(an_attribution_holds_all_that_is_said_and_nothing_else),
        cmocka_unit_test(rows_that_are_wrong_are_named_and_passed_over),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
