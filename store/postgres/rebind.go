package postgres

import (
	"fmt"
	"strings"
)

// Rebind numbers the placeholders of shared SQL: ? becomes $1, $2 and on, but not
// in strings, quoted names and comments.
func Rebind(q string) string {
	var out strings.Builder
	n := 0
	for q != "" {
		size := 1
		switch {
		case q[0] == '?':
			n++
			fmt.Fprintf(&out, "$%d", n)
			q = q[1:]
			continue
		case q[0] == '\'' || q[0] == '"':
			size = past(q[1:], q[:1]) + 1
		case strings.HasPrefix(q, "--"):
			size = past(q, "\n")
		case strings.HasPrefix(q, "/*"):
			size = past(q[2:], "*/") + 2
		}
		out.WriteString(q[:size])
		q = q[size:]
	}
	return out.String()
}

// past is where q goes on behind the first end; at its own end without one.
func past(q, end string) int {
	if i := strings.Index(q, end); i >= 0 {
		return i + len(end)
	}
	return len(q)
}
