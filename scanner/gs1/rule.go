package gs1

import "strings"

// A rule is what the dictionary says of one application identifier.
type rule struct {
	digits     int  // of the identifier
	fixed      bool // the length is predefined, and no separator follows
	attribute  bool // it may be an attribute of a Digital Link
	parts      []part
	bans       []pattern
	needs      []need
	key        bool       // a Digital Link can be about it
	qualifiers [][]string // that may follow the key, in this order; alternatives
	title      string
}

// A part is one component of a value.
type part struct {
	set      charset
	min, max int
	optional bool
	checks   []check
}

// match measures the value that s begins with.
func (r *rule) match(s string) (n int, err error) {
	for i := range r.parts {
		p := &r.parts[i]
		rest := s[n:]
		if rest == "" && p.optional {
			break
		}
		if len(rest) < p.min {
			return 0, ErrLength
		}
		rest = rest[:min(len(rest), p.max)]
		if !p.set.holds(rest) {
			return 0, ErrCharacter
		}
		for _, check := range p.checks {
			if err := check(rest); err != nil {
				return 0, err
			}
		}
		n += len(rest)
	}
	return n, nil
}

// matchAll says whether a whole value is right.
func (r *rule) matchAll(value string) error {
	n, err := r.match(value)
	if err == nil && n < len(value) {
		err = ErrLength
	}
	return err
}

// A pattern is the identifiers that begin alike, such as 31nn.
type pattern struct {
	prefix string
	digits int
}

func (p pattern) fits(ai string) bool {
	return len(ai) == p.digits && strings.HasPrefix(ai, p.prefix)
}

// A need is what must stand beside an identifier: one of the groups, whole.
type need struct {
	text   string
	groups [][]pattern
}

func (n need) met(ai string, elements []Element) bool {
	for _, group := range n.groups {
		all := true
		for _, p := range group {
			all = all && p.standsIn(ai, elements)
		}
		if all {
			return true
		}
	}
	return false
}

// standsIn says whether another identifier of the pattern is there.
func (p pattern) standsIn(ai string, elements []Element) bool {
	for _, e := range elements {
		if e.AI != ai && p.fits(e.AI) {
			return true
		}
	}
	return false
}
