/* garden_path.h - mends the trees of what news says and weblogs hardly ever do. */
#ifndef DGM_SYNTAX_GARDEN_PATH_H
#define DGM_SYNTAX_GARDEN_PATH_H

#include "syntax/morphology.h"

/* News says in three bare words who did what to whom. A past form between two bare nouns is then
 * taken for a participle inside a noun phrase, which English does not have in these places:
 *
 *   a left member of the object's noun phrase stands before the verb  -> it is the subject
 *   a noun, a participle and their noun make up the whole clause      -> the participle is its verb
 *   a participle after its noun is followed by a bare noun            -> the same
 *   a participle stands behind the comma that ends an apposition      -> the same
 *   a participle and its noun behind a comma stand beside the subject -> the same
 *
 * It says on whose word, after what is said or amid it, and the two clauses change places:
 *
 *   "Troops fired, officials said" with "said" below "fired"   -> what is said is below "said"
 *   and so with "officials warned Iran", who is then spoken to: iobj
 *   "Troops, officials said, fired" with "Troops" below "said" -> "said" is below "fired"
 *
 * And what remains:
 *
 *   "after a boat sank" with "boat" as a phrase of its own -> it is the subject of "sank"
 *   "after Chad and Sudan signed" with "after" below "Chad" -> it is below "signed"
 *   two subjects of a verb, joined                         -> the second is a member of the first
 *   "Australia to send troops" with "Australia" on top     -> it is the subject
 *   "Two protesters arrested" as a headline                -> it is a passive without "were"
 *   "Iran: Israel killed" with two subjects, "town - officials" as one phrase
 *                                                          -> the voice of a headline stands apart
 *   "and Russia three British ones" as one phrase          -> Russia did it too, to the three
 *   "expelled two envoys, Uganda three" with Uganda beside the envoys -> the same
 *   ", home of a French base," as a second subject         -> it says what the first one is
 *   "In neighbouring Chad" as a clause with an object      -> "neighbouring" is of Chad
 *   "blamed the attack on rebels" with "rebels" below "attack" -> it is below "blamed"
 *   "It demanded that" with "It" as an expletive           -> it is the subject
 *   "ordered her to leave, accusing" with "accusing" below "leave" -> it is below "ordered"
 *   "urged Mali to act and sent troops" with "sent" below "act" -> it is below "urged"
 *   "told the envoy, whom he met, that" with the clause below "met" -> it is below "told"
 *   "had the envoy expelled" with a finite form            -> it is a participle
 *   "arrested, among them a Kenyan" with the Kenyan as agent -> he is none
 *   "Reports that troops fled are false" with "Reports" on top -> it is the subject of "false"
 *   "dismissed as false reports that" with no object       -> "reports" is the object
 *   "an allegation that Benin dismissed" with no object    -> "that" is the object
 *   ", a charge Beijing denied" with two subjects          -> the charge is what it denied
 *   ", charges that Moscow denied" with "charges" as a verb -> it is a noun
 *   "conceded in an interview that" with the clause below "interview" -> it is what was conceded
 *   "accusations by Oxfam that troops fled" with the clause below "Oxfam" or as relative
 *                                                          -> it is what the accusations say
 *   "alleged, giving no proof, that" with the clause below "giving" -> it is below "alleged"
 *   "hit Goma, the governor, X, said" with the governor as what Goma is -> he is the subject
 *   "visited wounded soldiers" with "wounded" as a clause  -> it is of the soldiers
 *   "gave Pakistan a week" with "a week" as a time         -> it is the object
 *   "gave the envoy two days" with two objects             -> the first is given to: iobj
 *   "gave his army permission to fire" as one phrase       -> the army is given to: iobj
 *   "told reporters that" with the clause below "reporters" -> it is what they were told
 *   the object of "ask", "urge", ... to do something       -> it is spoken to: iobj
 *   and so "urged the two countries to meet" with "to meet" below "countries"
 *   "repeated its call on Mali to leave" with "leave" below "repeated" -> it is below "call"
 *   "In August Nairobi summoned" with "August" below "Nairobi" -> it is when
 *   "freed on Tuesday two men" as one phrase               -> "men" is the object
 *   "held since May was freed" with "May" as what was freed -> it is when
 *   "On Saturday troops raided" with "Saturday" as a part of "troops" -> troops are the subject
 *   "On April 12 nurses blocked" with "12" as their number -> it is when, and they are the subject
 *   "on President X" with "on" below "President"           -> it is below the name
 *   "A spokesman, James Otieno said" with two subjects     -> the name is the first's apposition
 *   "Rebels did not, it said, kill" with "not" below "did" -> it is below "kill"
 *   "should talks fail" with "should" below "talks"        -> it is below "fail"
 *   "Should A leave, B would stay" with "leave" on top     -> it is a condition of "stay"
 *   "was due to visit" with "due to" as a mark             -> "due" is the predicate
 *   "Theresa May criticised" with "May" as an auxiliary    -> it is part of the name
 *   "retaliate if bombed" with "bombed" as a question      -> it is a condition
 *
 * Needs lemmas; where words is NULL, no word is of a class (morphology.h). Changes heads, relations
 * and tags of s in place; the tree stays a tree with one root. */
void dgm_garden_path_mend(const dgm_morphology *words, dgm_sentence *s);

#endif
