package gs1

import (
	_ "embed"
	"strconv"
	"strings"
)

// dictionary is GS1's own: it says how it is to be read.
//
//go:embed dictionary/gs1-syntax-dictionary.txt
var dictionary string

// aiDigits is the most that an identifier has.
const aiDigits = 4

// An index finds the rule of an identifier.
type index struct {
	digits [100]int // of an identifier, by its first two; 0 for none
	at     [10_000]uint16
	rules  []rule // the first is of no identifier
}

// rules is made once from the dictionary and never written again.
var rules = read(dictionary)

func read(dictionary string) *index {
	x := &index{rules: make([]rule, 1)}
	for line := range strings.Lines(dictionary) {
		line, title, _ := strings.Cut(line, "#")
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		from, to, ranged := strings.Cut(words[0], "-")
		if !ranged {
			to = from
		}
		r := readRule(words[1:])
		r.title, r.digits = strings.TrimSpace(title), len(from)
		for n := number(from); n <= number(to); n++ {
			x.add(n, r)
		}
	}
	return x
}

// add puts the rule of identifier n where each string that begins with it finds it.
func (x *index) add(n int, r rule) {
	width := 1
	for range aiDigits - r.digits {
		width *= 10
	}
	x.rules = append(x.rules, r)
	for i := n * width; i < (n+1)*width; i++ {
		x.at[i] = uint16(len(x.rules) - 1)
	}
	x.digits[n*width/100] = r.digits
}

// readRule reads the words behind an identifier: flags, parts, attributes.
func readRule(words []string) (r rule) {
	if flags := words[0]; strings.Trim(flags, "*?") == "" {
		r.fixed, r.attribute = strings.Contains(flags, "*"), strings.Contains(flags, "?")
		words = words[1:]
	}
	for _, w := range words {
		name, value, _ := strings.Cut(w, "=")
		switch {
		case name == "ex":
			for ai := range strings.SplitSeq(value, ",") {
				r.bans = append(r.bans, patternOf(ai))
			}
		case name == "req":
			r.needs = append(r.needs, needOf(value))
		case name == "dlpkey":
			r.key = true
			for way := range strings.SplitSeq(value, "|") {
				r.qualifiers = append(r.qualifiers, strings.Split(way, ","))
			}
		default:
			r.parts = append(r.parts, readPart(w))
		}
	}
	return r
}

func patternOf(ai string) pattern { return pattern{strings.TrimRight(ai, "n"), len(ai)} }

func needOf(text string) need {
	n := need{text: text}
	for group := range strings.SplitSeq(text, ",") {
		var all []pattern
		for ai := range strings.SplitSeq(group, "+") {
			all = append(all, patternOf(ai))
		}
		n.groups = append(n.groups, all)
	}
	return n
}

// readPart reads one component such as N13,csum or [X..17].
func readPart(word string) part {
	names := strings.Split(word, ",")
	spec, optional := strings.CutPrefix(names[0], "[")
	spec = strings.TrimSuffix(spec, "]")
	p := part{set: charset(spec[0]), optional: optional}
	if longest, variable := strings.CutPrefix(spec[1:], ".."); variable {
		p.min, p.max = 1, number(longest)
	} else {
		p.max = number(spec[1:])
		p.min = p.max
	}
	for _, name := range names[1:] {
		c, known := checks[strings.TrimSuffix(name, "]")]
		if !known {
			panic("gs1: no check is named " + name)
		}
		p.checks = append(p.checks, c)
	}
	return p
}

func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		panic("gs1: the dictionary has a typing error: " + err.Error())
	}
	return n
}

// leading finds the rule of the identifier that s begins with. It knows by the first two digits
// how long that is.
func (o Options) leading(s string) (*rule, bool) {
	if len(s) < 2 || !isDigits(s[:2]) {
		return nil, false
	}
	n := rules.digits[10*int(s[0]-'0')+int(s[1]-'0')]
	if n == 0 {
		n = 2 // nobody knows: the dictionary has none that begins so
	}
	if len(s) < n || !isDigits(s[:n]) {
		return nil, false
	}
	return o.named(s[:n])
}

// named finds the rule of an identifier.
func (o Options) named(ai string) (*rule, bool) {
	if len(ai) < 2 || len(ai) > aiDigits || !isDigits(ai) {
		return &rules.rules[0], false
	}
	at := 0
	for i := range aiDigits {
		at *= 10
		if i < len(ai) {
			at += int(ai[i] - '0')
		}
	}
	r := &rules.rules[rules.at[at]]
	if r.digits == len(ai) {
		return r, true
	}
	if n := rules.digits[at/100]; !o.UnknownAIs || n != 0 && n != len(ai) {
		return &rules.rules[0], false
	}
	return &rule{digits: len(ai), attribute: o.UnknownAttributes,
		parts: []part{{set: 'X', min: 1, max: 90}}}, true
}

// Title is what GS1 calls an identifier on labels, such as "BATCH/LOT"; empty for an unknown one.
func Title(ai string) string {
	r, _ := Options{}.named(ai)
	return r.title
}
