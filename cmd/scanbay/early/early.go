// Package early keeps the terminal from being questioned before main runs.
//
// Importing Bubble Tea asks the terminal for its colours, and waits five seconds
// for one that does not answer: a serial terminal, many a telnet gateway. In a
// build server's environment it does not ask. This package imports nothing but os,
// so its init comes first; main calls Restore before anything else.
package early

import "os"

// ci is what marks a build server's environment.
const ci = "CI"

// before is the environment as the program was given it. It is written once, by
// init.
var before, given = os.LookupEnv(ci)

func init() { _ = os.Setenv(ci, "1") }

// Restore gives the environment back as it was.
func Restore() {
	if given {
		_ = os.Setenv(ci, before)
	} else {
		_ = os.Unsetenv(ci)
	}
}
