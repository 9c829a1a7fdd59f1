#!/usr/bin/env python3
"""The project's own treebank has no complaints, and a tree that is spoilt in any one way has."""
import glob, os, subprocess, sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from harness import ROOT, case, contains, equal, main

TREE = """# sent_id = a
# text = The army was beaten by Ali Hassan.
1	The	the	DET	DT	Definite=Def|PronType=Art	2	det	_	_
2	army	army	NOUN	NN	Number=Sing	4	nsubj:pass	_	_
3	was	be	AUX	VBD	Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin	4	aux:pass	_	_
4	beaten	beat	VERB	VBN	Tense=Past|VerbForm=Part|Voice=Pass	0	root	_	_
5	by	by	ADP	IN	_	6	case	_	_
6	Ali	Ali	PROPN	NNP	Number=Sing	4	obl:agent	_	Entity=(1-person-new-_-_-1-sgl
7	Hassan	Hassan	PROPN	NNP	Number=Sing	6	flat	_	Entity=1)|SpaceAfter=No
8	.	.	PUNCT	.	_	4	punct	_	_

"""


def check(*paths):
    done = subprocess.run([sys.executable, os.path.join(ROOT, "tools", "check-treebank"), *paths], capture_output=True,
                          text=True, timeout=120)
    return done.returncode, done.stdout


@case
def the_treebank_has_no_complaints(folder):
    paths = sorted(glob.glob(os.path.join(ROOT, "treebank", "*.conllu")))
    equal(len(paths), 4)
    code, out = check(*paths)
    equal((code, out.splitlines()[:-1]), (0, []))


@case
def no_sentence_stands_in_two_parts(folder):
    texts = {}
    for path in glob.glob(os.path.join(ROOT, "treebank", "*.conllu")):
        with open(path, encoding="utf-8") as f:
            for text in {line for line in f if line.startswith("# text = ")}:
                equal(texts.setdefault(text, path), path)


@case
def each_spoilt_tree_is_found_out(folder):
    path = os.path.join(folder, "a.conllu")
    for old, new, wanted in [
            ("a\n", "a\n", None),
            ("# sent_id = a\n", "", ":2: the id None is missing"),
            ("Ali Hassan.", "Ali Hasan.", ":3: the tokens make 'The army was beaten by Ali Hassan.'"),
            ("8\t.", "9\t.", ":10: word 9 where 8 follows"),
            ("4\tpunct", "9\tpunct", ":10: head 9 is past the last word, 8"),
            ("4\tpunct", "x\tpunct", ":10: head 'x' is no number"),
            ("4\tpunct\t_\t_", "4\tpunct\t_", ":10: 9 columns"),
            ("4\tobl:agent", "0\troot", ":3: 2 roots"),
            ("4\tnsubj:pass", "1\tnsubj:pass", ": The: a circle"),
            ("0\troot", "0\tdep", "beaten: head 0 as dep"),
            ("DET\tDT", "DET\tNN", "The: DET with NN"),
            ("2\tdet", "2\tdat", "The: no relation dat"),
            ("2\tdet", "2\tcop", "The: DET as cop"),
            ("Number=Sing\t4", "Number=Plur\t4", "army: NN with Number=Plur"),
            ("Definite=Def|PronType=Art", "PronType=Art|Definite=Def", "The: features out of order"),
            ("beat\t", "_\t", "beaten: no lemma"),
            ("4\tnsubj:pass", "4\tnsubj", "beaten: an active subject of a passive"),
            ("6\tflat", "4\tnsubj:pass", "beaten: two subjects"),
            ("6\tflat", "5\tobj", "Hassan: obj of by, which is case"),
            ("by\tby", "at\tat", "Ali: an agent without by"),
            ("4\tobl:agent", "4\tobl:unmarked", "Ali: obl:unmarked with a preposition"),
            ("2\tdet\t", "4\tpunct\t", "The: DET as punct"),
            ("4\tpunct", "2\tpunct", ".: crosses an arc on its way to army"),
            ("Entity=1)|", "", "name 1 has no end"),
            ("Entity=(1-person-new-_-_-1-sgl", "_", "Hassan: name 1 ends before it begins"),
            ("new-_-_-1-sgl", "new-sgl", "Ali: '1-person-new-sgl' is no name"),
            ("PROPN\tNNP\tNumber=Sing\t4", "NOUN\tNN\tNumber=Sing\t4", "Ali: NOUN heads a name"),
    ]:
        assert old in TREE, old
        with open(path, "w", encoding="utf-8") as f:
            f.write(TREE.replace(old, new, 1))
        code, out = check(path)
        if wanted is None:
            equal((code, out), (0, "1 sentences, 0 complaints\n"))
        else:
            equal(code, 1, wanted)
            contains(out, wanted)


if __name__ == "__main__":
    sys.exit(main())
