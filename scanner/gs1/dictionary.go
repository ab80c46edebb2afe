package gs1

import (
	"fmt"
	"strconv"
	"strings"
)

// dictionary says what each application identifier holds, in the notation of
// GS1's Barcode Syntax Dictionary: AI or range of AIs, "*" where the length is
// predefined and no separator follows, then the parts of the value: N digits,
// X CSET 82, Y CSET 39, Z base64url; a length or ..longest; brackets where the
// part is optional; names of checks.
const dictionary = `
00 * N18,csum
01 * N14,csum
02 * N14,csum
03 * N14,csum
10 X..20
11 * N6,yymmd0
12 * N6,yymmd0
13 * N6,yymmd0
15 * N6,yymmd0
16 * N6,yymmd0
17 * N6,yymmd0
20 * N2
21 X..20
22 X..20
235 X..28
240 X..30
241 X..30
242 N..6
243 X..20
250 X..30
251 X..30
253 N13,csum [X..17]
254 X..20
255 N13,csum [N..12]
30 N..8
3100-3105 * N6
3110-3115 * N6
3120-3125 * N6
3130-3135 * N6
3140-3145 * N6
3150-3155 * N6
3160-3165 * N6
3200-3205 * N6
3210-3215 * N6
3220-3225 * N6
3230-3235 * N6
3240-3245 * N6
3250-3255 * N6
3260-3265 * N6
3270-3275 * N6
3280-3285 * N6
3290-3295 * N6
3300-3305 * N6
3310-3315 * N6
3320-3325 * N6
3330-3335 * N6
3340-3345 * N6
3350-3355 * N6
3360-3365 * N6
3370-3375 * N6
3400-3405 * N6
3410-3415 * N6
3420-3425 * N6
3430-3435 * N6
3440-3445 * N6
3450-3455 * N6
3460-3465 * N6
3470-3475 * N6
3480-3485 * N6
3490-3495 * N6
3500-3505 * N6
3510-3515 * N6
3520-3525 * N6
3530-3535 * N6
3540-3545 * N6
3550-3555 * N6
3560-3565 * N6
3570-3575 * N6
3600-3605 * N6
3610-3615 * N6
3620-3625 * N6
3630-3635 * N6
3640-3645 * N6
3650-3655 * N6
3660-3665 * N6
3670-3675 * N6
3680-3685 * N6
3690-3695 * N6
37 N..8
3900-3909 N..15
3910-3919 N3 N..15
3920-3929 N..15
3930-3939 N3 N..15
3940-3943 N4
3950-3955 N6
400 X..30
401 X..30
402 N17,csum
403 X..30
410 * N13,csum
411 * N13,csum
412 * N13,csum
413 * N13,csum
414 * N13,csum
415 * N13,csum
416 * N13,csum
417 * N13,csum
420 X..20
421 N3 X..9
422 N3
710 X..20
711 X..20
712 X..20
713 X..20
714 X..20
715 X..20
8003 N1,zero N13,csum [X..16]
8004 X..30
8005 N6
8006 N14,csum N4,pieceoftotal
8008 N6,yymmdd N2,hh [N2],mi [N2],ss
8020 X..25
8026 N14,csum N4,pieceoftotal
90 X..30
91-99 X..90
`

// A rule is what the dictionary says of one application identifier.
type rule struct {
	fixed int // the predefined length, which needs no separator; 0 for others
	parts []part
}

// A part is one component of a value.
type part struct {
	set      charset
	min, max int
	optional bool
	checks   []check
}

// An index finds the rule of an AI. The first two digits of an AI tell how long
// it is.
type index struct {
	digits [100]int
	rules  map[string]rule
}

// rules is made once from the constant above and never written again.
var rules = read(dictionary)

func read(dictionary string) index {
	x := index{rules: make(map[string]rule)}
	for line := range strings.Lines(dictionary) {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		ai, words := words[0], words[1:]
		var r rule
		predefined := words[0] == "*"
		if predefined {
			words = words[1:]
		}
		for _, w := range words {
			p := readPart(w)
			r.parts = append(r.parts, p)
			if predefined {
				r.fixed += p.max
			}
		}
		from, to, ranged := strings.Cut(ai, "-")
		if !ranged {
			to = from
		}
		for n := number(from); n <= number(to); n++ {
			ai := fmt.Sprintf("%0*d", len(from), n)
			x.digits[number(ai[:2])] = len(ai)
			x.rules[ai] = r
		}
	}
	return x
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
		p.checks = append(p.checks, checkNamed(name))
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
