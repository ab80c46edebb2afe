package gs1

import (
	"slices"
	"strings"
)

// IsLink says whether s begins as a URI that may be a Digital Link.
func IsLink(s string) bool {
	for _, scheme := range [...]string{"https://", "HTTPS://", "http://", "HTTP://"} {
		if strings.HasPrefix(s, scheme) {
			return true
		}
	}
	return false
}

// ParseLink reads a GS1 Digital Link URI: a key with its qualifiers in the path, attributes in
// the query. What else stands in the query is left out.
func ParseLink(s string) ([]Element, error) { return Options{}.Link(nil, s) }

// Link is ParseLink into a slice that the caller may use again.
func (o Options) Link(elements []Element, s string) ([]Element, error) {
	from := len(elements)
	if !IsLink(s) || !only(inURI, s) {
		return nil, &Error{Err: ErrLink}
	}
	_, s, _ = strings.Cut(s, "://")
	s, _, _ = strings.Cut(s, "#")
	s, query, _ := strings.Cut(s, "?")
	slash := strings.IndexByte(s, '/')
	if slash < 1 || slash == len(s)-1 || !only(inDomain, s[:slash]) {
		return nil, &Error{Err: ErrLink}
	}
	path, ok := o.keyed(s[slash:])
	if !ok {
		return nil, &Error{Err: ErrLink}
	}
	elements, key, err := o.path(elements, path)
	if err != nil {
		return nil, err
	}
	through := len(elements)
	if elements, err = o.query(elements, query); err != nil {
		return nil, err
	}
	all := elements[from:]
	for i, e := range all {
		if slices.ContainsFunc(all[:i], func(x Element) bool { return x.AI == e.AI }) {
			return nil, &Error{AI: e.AI, Err: ErrRepeated}
		}
		if from+i >= through && key.qualifiedBy(all[1:through-from], e.AI) {
			return nil, &Error{AI: e.AI, Err: ErrOrder}
		}
	}
	if err := fit(all); err != nil {
		return nil, err
	}
	return elements, nil
}

// keyed is the end of a path that begins with the last key in it: whatever stands before is the
// site's own.
func (o Options) keyed(path string) (string, bool) {
	for end := len(path); ; {
		value := strings.LastIndexByte(path[:end], '/')
		if value < 1 {
			return "", false
		}
		ai := strings.LastIndexByte(path[:value], '/')
		if ai < 0 {
			return "", false
		}
		if r, known := o.named(path[ai+1 : value]); known && r.key {
			return path[ai:], true
		}
		end = ai
	}
}

// path reads the key and its qualifiers.
func (o Options) path(elements []Element, path string) ([]Element, *rule, error) {
	var key *rule
	from := len(elements)
	for path != "" {
		ai, rest, _ := strings.Cut(path[1:], "/")
		value, _, more := strings.Cut(rest, "/")
		if path = ""; more {
			path = rest[len(value):]
		}
		r, known := o.named(ai)
		if !known {
			return nil, nil, &Error{AI: ai, Err: ErrUnknown}
		}
		value, err := o.linked(r, ai, value, false)
		if err != nil {
			return nil, nil, err
		}
		elements = append(elements, Element{ai, value})
		if key == nil {
			key = r
		} else if !key.ordered(elements[from+1:]) {
			return nil, nil, &Error{AI: ai, Err: ErrOrder}
		}
	}
	return elements, key, nil
}

// ordered says whether qualifiers follow a key as they must.
func (r *rule) ordered(qualifiers []Element) bool {
	return slices.ContainsFunc(r.qualifiers, func(way []string) bool {
		for _, q := range qualifiers {
			at := slices.Index(way, q.AI)
			if at < 0 {
				return false
			}
			way = way[at+1:]
		}
		return true
	})
}

// qualifiedBy says whether an identifier would stand with the qualifiers in the path.
func (r *rule) qualifiedBy(qualifiers []Element, ai string) bool {
	return slices.ContainsFunc(r.qualifiers, func(way []string) bool {
		return slices.Contains(way, ai) &&
			!slices.ContainsFunc(qualifiers, func(q Element) bool {
				return !slices.Contains(way, q.AI)
			})
	})
}

// query reads the attributes; what is no number is not GS1's.
func (o Options) query(elements []Element, query string) ([]Element, error) {
	for part := range strings.SplitSeq(query, "&") {
		ai, value, ok := strings.Cut(part, "=")
		if !ok || !isDigits(ai) {
			continue
		}
		r, known := o.named(ai)
		if !known {
			return nil, &Error{AI: ai, Err: ErrUnknown}
		}
		if !r.attribute {
			return nil, &Error{AI: ai, Err: ErrOrder}
		}
		value, err := o.linked(r, ai, value, true)
		if err != nil {
			return nil, err
		}
		elements = append(elements, Element{ai, value})
	}
	return elements, nil
}

// linked is a value as the element string would have it.
func (o Options) linked(r *rule, ai, value string, query bool) (string, error) {
	value = unescape(value, query)
	if strings.IndexByte(value, 0) >= 0 {
		return "", &Error{AI: ai, Err: ErrCharacter}
	}
	if o.ShortGTINs && ai == "01" {
		switch n := len(value); n {
		case 8, 12, 13:
			value = "00000000000000"[:gtinDigits-n] + value
		}
	}
	if err := r.matchAll(value); err != nil {
		return "", &Error{AI: ai, Err: err}
	}
	return value, nil
}

// unescape undoes percent encoding; in a query a plus is a blank. What is no encoding stays.
func unescape(s string, query bool) string {
	if !strings.ContainsRune(s, '%') && !(query && strings.ContainsRune(s, '+')) {
		return s
	}
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			out.WriteByte(nibble(s[i+1])<<4 | nibble(s[i+2]))
			i += 2
		case s[i] == '+' && query:
			out.WriteByte(' ')
		default:
			out.WriteByte(s[i])
		}
	}
	return out.String()
}

func nibble(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}
