/* kinds.h - what the kinds of phrases ask of each other and offer to resolve(). Each file uses only
 * those above it here. Private to the room. */
#ifndef DGM_ACTORS_KINDS_H
#define DGM_ACTORS_KINDS_H

#include "actors/reading.h"

enum { MAX_UP = 12, MAX_BACK = 3 }; /* steps up a tree, sentences back */

/* ---- setting.c ---- */
/* Before and after a sentence's phrases are resolved. */
void actors_turn_to_place(reading *r);
void actors_keep_setting(reading *r);
/* The state of the place that the paragraph has turned to before this phrase; NULL: none. */
const char *actors_setting_of(reading *r, const phrase *p);

/* ---- codes.c ---- */
/* Codes as they are put together for one role or person. */
typedef struct {
    char country[4], sector[4];
    char others[DGM_MAX_SECTORS][4];
    uint8_t n_others;
} codes;

codes codes_of(const phrase *p);
void make_former(codes *c);
/* Whether the role takes its sector from whom it serves. */
bool is_flexible(const phrase *p);
/* Of parties or of armies. */
bool actors_is_coalition(const phrase *p);
/* Rebels and militias, whose fighters are what they are. */
bool actors_is_armed_group(const char *sector);
/* The army or the police of a state. */
bool actors_is_state_force(const char *sector);
/* "An ally of Iran", "its neighbours": those of a state are other states. */
bool actors_is_of_others(reading *r, const phrase *p);
/* The one who is served, headed by word, gives a country, and a sector where the role has none. */
void serve(reading *r, const phrase *p, uint32_t word, codes *c);

/* ---- vessels.c ---- */
/* The country of the vessel at that word or, where its flag is not said there, of the only one
 * whose flag the sentences before tell. */
bool country_of_vessel(reading *r, uint32_t word, char out[4]);
/* Whether the role is one of a vessel's crew, owners or passengers whose flag the story has told.
 */
bool is_of_vessel(reading *r, const phrase *p, char out[4]);
/* "Seized a trawler and arrested its captain": the vessel last spoken of or said to be theirs is
 * none of a navy, and who commands it no soldier. */
bool actors_is_civil_captain(reading *r, const phrase *p, bool of_vessel);

/* ---- opponents.c ---- */
/* Whether the phrase is the subject of something done to that very country. */
bool actors_acts_on(const reading *r, const phrase *p, const char *country);
/* Whether it is that, or the object of what that very country does: "France urged the army". */
bool actors_is_opposed(const reading *r, const phrase *p, const char *country);
/* "Israeli" of "Israeli air strikes", "Turkey's" of "Turkey's drones", "US" of "US troops"; NULL:
 * no state stands before the word. */
const char *actors_state_before(const reading *r, uint32_t word);
/* The state whose deed the phrase suffers: "Israeli strikes killed five people", "strikes on a
 * hotel", "five people were killed in an Israeli strike". NULL: none that is said. */
const char *actors_striker_of(const reading *r, const phrase *p);
/* "The French navy fired on a boat, killing two people": they are not the country's, whose force
 * did it. */
bool actors_is_struck_at_sea(const reading *r, const phrase *p, const char *country);

/* ---- scene.c ---- */
/* The only country named as a place where what is said of the word may happen; of a sentence
 * without end, in the phrases around. */
bool actors_country_of_place(const reading *r, uint32_t word, char out[4]);
/* Whether the phrase is said to be in another country than that. */
bool actors_is_set_abroad(const reading *r, const phrase *p, const char *country);
/* "In Paraguay, the army killed": the sentence turns to a place before it says which body acts. */
bool actors_is_set_elsewhere(const reading *r, const phrase *p);
/* Whose holders are where they act: the police of the town, its strikers. Armies and ministers act
 * abroad. */
bool actors_acts_at_home(const phrase *p);
/* The country of the last place where that sentence, one before, says that something happens:
 * "marched through Majuro. Police ..."; NULL: none. */
const char *actors_place_told_in(const reading *r, uint32_t i_sentence);
/* Whether the story says that it happens in that state. */
bool actors_is_told_there(const reading *r, const phrase *p, const char *country);
/* "HONIARA - Solomon Islands has ... Prime Minister X warned": whose minister it means an agency
 * need not say in the country that it writes from, if its report begins with that country. */
bool actors_country_of_dateline(const reading *r, const phrase *p, char out[4]);
/* "The minister", "Prime Minister X": who holds one of a state's offices. */
bool actors_is_officeholder(const phrase *p);
/* The country that the paragraph has just turned to, where the role is one of its own. */
bool actors_country_at_hand(const reading *r, const phrase *p, char out[4]);
/* The state of which the words before tell, where the last sentence that names any tells of nothing
 * else: "Malian police arrested ten students. Protesters marched in the capital."; NULL: none. */
const char *actors_country_of_scene(const reading *r, const phrase *p);
/* "The Greek coast guard stopped a boat of Syrian refugees. Officers arrested": bare forces are of
 * the state whose office or force acted last, whoever else the story names meanwhile. */
bool actors_country_of_force(const reading *r, const phrase *p, char out[4]);

/* ---- own_people.c ---- */
/* "Activists urged President Tokayev": whoever speaks to a ruler or to a minister by name, and is
 * at home where he acts, is of that country. */
bool actors_country_of_ruler(const reading *r, const phrase *p, char out[4]);
/* "Gambian fishermen demanded that the government cancel the treaty": people turn to their own
 * state, unless it is said that they are abroad. `stated`: the text says whose people they are. */
bool actors_country_of_people(reading *r, const phrase *p, bool stated, char out[4]);
/* "Pakistan's High Court ordered the government to free a union leader", "Venezuela's prosecutor
 * investigated two executives": courts and police, whose state is said, deal with their own. */
bool actors_country_of_court(reading *r, const phrase *p, char out[4]);
/* "Gambian fishermen urged the government": whether it is that of the people who turn to it. */
bool actors_is_of_people(reading *r, const phrase *p, char out[4]);
/* "Ghana's police arrested three hackers": those whom the police and courts of a state get hold of.
 */
bool actors_country_of_police(reading *r, const phrase *p, char out[4]);
/* Whether somebody whose state nobody says is dealt with by that of his own; then it goes to out.
 */
bool actors_is_ruled(reading *r, const phrase *p, char out[4]);
/* "Turkey jailed a reporter and France demanded his release": he is Turkey's. */
bool actors_country_of_jailer(reading *r, const phrase *p, char out[4]);
/* "Malta accused Libya of an attack on parliament": a state accuses another of what it did to the
 * accuser's own. */
bool actors_country_of_accuser(reading *r, const phrase *p, char out[4]);

/* ---- doers.c ---- */
/* After a sentence: whose force was used in it. */
void actors_note_doer(reading *r);
/* "Israeli strikes killed nine people in Gaza. The military denied hitting a school": who answers
 * for a deed is of the state that is told to have done it. */
bool actors_country_of_doer(const reading *r, const phrase *p, char out[4]);

/* ---- outlaws.c ---- */
/* "Her kidnappers": she is whom they harmed, not whose they are. */
bool actors_is_harmer_of(const reading *r, const phrase *p);
/* "A Kenyan priest was taken hostage in Mogadishu. His captors ...": they are of the place where he
 * was told of last. */
void actors_country_of_harmer(reading *r, const phrase *p, char out[4]);
/* "Hackers shut down Brazil's servers", "a hacker group": they may sit anywhere. */
bool actors_acts_from_afar(const reading *r, const phrase *p);
/* "Gunmen shot three Peruvian policemen", "hackers attacked Estonia's parliament": where nothing
 * but whom they harm speaks of a state, they may be of any. */
bool actors_is_anybodys(const reading *r, const phrase *p, const char *guess);

/* ---- origin.c ---- */
/* The state whose a role is by the place that the paragraph has turned to; NULL: none. */
const char *actors_country_set(reading *r, const phrase *p);
/* The country of a role or title that does not name it; "" : not clear. */
void open_country(reading *r, const phrase *p, char out[4]);
/* "Pakistan's cabinet ordered the army to fire", "gave the army permission to": a force that obeys
 * is of the state whose office tells it what it may do. */
bool actors_country_of_commander(reading *r, const phrase *p, char out[4]);
/* "Two drones struck the base": nothing says whose they are. "Army drones" are the army's. */
bool actors_is_mere_weapon(const reading *r, const phrase *p);
/* "The coalition bombed a town", "attacks on coalition bases": of armies, of several states; else
 * one is of parties. */
bool actors_is_coalition_of_arms(const reading *r, const phrase *p);
/* Whether the role held may be called as asked: "minister" is the end of "foreign minister". */
bool role_fits(dgm_view held, dgm_view asked);

/* ---- bodies.c ---- */
/* Cuts the next code off a body's list of members; false: none is left. */
bool next_member(dgm_view *rest, char code[4]);
/* The entity of a body of the tables. */
uint32_t body_entity(reading *r, const fact *f, const char *country, uint32_t word);
/* "The opposition UPND ... UPND leader X": whoever is of a party that the story has called so is of
 * the opposition. */
void actors_oppose_with(const reading *r, uint32_t body, char sector[4]);
void resolve_org(reading *r, uint32_t i);

/* ---- shared_names.c ---- */
/* Before the first sentence: which of several bodies the story means by a name that they share. */
void actors_settle_shared_names(reading *r);

/* ---- roles.c ---- */
void resolve_role(reading *r, uint32_t i);
/* The phrase becomes those who hold its role for each of these owners. */
void actors_resolve_role_of_each(reading *r, uint32_t i, const uint32_t *owners, uint32_t n);

/* ---- persons.c ---- */
void resolve_person(reading *r, uint32_t i);

/* ---- names.c ---- */
void resolve_country(reading *r, uint32_t i);
void resolve_capital(reading *r, uint32_t i);
void resolve_region(reading *r, uint32_t i);
void resolve_people(reading *r, uint32_t i);
void resolve_unknown(reading *r, uint32_t i);

/* ---- speaker.c ---- */
void find_publisher(reading *r); /* before the first sentence */
void resolve_first_person(reading *r, uint32_t i);
/* The mention of whoever says the quoted word; DGM_NONE. */
uint32_t actors_speaker_of(reading *r, uint32_t word);

/* ---- coref.c ---- */
void resolve_pronoun(reading *r, uint32_t i);

/* ---- one_of_two.c ---- */
/* False: the phrase is neither "the former" nor "the latter". */
bool actors_resolve_one_of_two(reading *r, uint32_t i);

/* ---- definite.c ---- */
void resolve_common(reading *r, uint32_t i);

/* ---- pairs.c ---- */
void resolve_set(reading *r, uint32_t i);
void actors_resolve_any_role(reading *r, uint32_t i); /* also "the ministers" of two states */
void note_pair(reading *r); /* after a sentence: the two that fight or talk in it */

/* ---- apposition.c ---- */
bool resolve_by_another(reading *r, uint32_t i);

/* ---- kinds.c ---- */
extern const resolve_rules rules_of_kinds;

#endif
