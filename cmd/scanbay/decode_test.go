package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"
)

// decodes runs scanbay decode on an input.
func decodes(t *testing.T, lang, in string, args ...string) (said string, code int) {
	t.Helper()
	var out, err bytes.Buffer
	now := func() time.Time { return time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC) }
	c := &console{In: strings.NewReader(in), Out: &out, Err: &err, Now: now}
	code = run(context.Background(), append([]string{"--lang=" + lang, "decode"}, args...), c)
	return out.String() + err.String(), code
}

func TestDecodeTellsWhatALabelSays(t *testing.T) {
	in := strings.Join([]string{
		"]C10106901234567892172611003103001250^]10L1", "(10)L1", "6901234567892", "SBBA-01-021",
		"https://id.gs1.org/01/06901234567892/10/L1", "]C10106901234567893", "]Q1hello", "A-01-02",
	}, "\r\n")
	for lang, want := range map[string]string{
		"en": `]C10106901234567892172611003103001250^]10L1
  (01) GTIN               06901234567892
  (17) USE BY or EXPIRY   261100 = 2026-11-30
  (3103) NET WEIGHT (kg)    001250 = 1.250 kg
  (10) BATCH/LOT          L1
(10)L1
  (10) BATCH/LOT          L1
  (10) does not stand alone: another barcode of the label has 01,02,03,8006,8026
6901234567892
  GTIN 06901234567892
SBBA-01-021
  a label of ours: bin A-01-02
https://id.gs1.org/01/06901234567892/10/L1
  (01) GTIN               06901234567892
  (10) BATCH/LOT          L1
]C10106901234567893
  wrong at (01): wrong check digit
]Q1hello
  plain text: nothing of GS1 in it
A-01-02
  plain text: nothing of GS1 in it
`,
		"zh": "（01）有误：校验位错误",
	} {
		if said, code := decodes(t, lang, in); code != 0 || !strings.Contains(said, want) {
			t.Errorf("%d:\n%s", code, said)
		}
	}
}

// What people see of a verdict as JSON is what GS1's engine says: the vectors themselves are asked
// in scanner/gs1.
func TestDecodeAnswersVectors(t *testing.T) {
	f, err := os.Open("../../scanner/gs1/testdata/vectors.jsonl.gz")
	must(t, err)
	defer f.Close()
	plain, err := gzip.NewReader(f)
	must(t, err)
	type vector struct {
		codeAsked
		OK       bool
		Elements []codeElement
		Error    string
	}
	var all []vector
	var in strings.Builder
	for lines := bufio.NewScanner(plain); lines.Scan(); {
		var v vector
		must(t, json.Unmarshal(lines.Bytes(), &v))
		if v.Mode != "scan" && !strings.HasPrefix(v.Error, "Required AIs") {
			all = append(all, v)
			in.Write(lines.Bytes())
			in.WriteByte('\n')
		}
	}
	said, code := decodes(t, "en", in.String(), "--json")
	lines := strings.Split(strings.TrimSpace(said), "\n")
	if code != 0 || len(lines) != len(all) || len(all) < 3000 {
		t.Fatalf("%d: %d lines of %d", code, len(lines), len(all))
	}
	for i, v := range all {
		var got codeVerdict
		must(t, json.Unmarshal([]byte(lines[i]), &got))
		if got.ID != v.ID || got.OK != v.OK || len(got.Elements) != len(v.Elements) {
			t.Errorf("%s %q: %s", v.ID, v.Input, lines[i])
		}
	}
	if said, code := decodes(t, "zh", "no object\n", "--json"); code != exitFailed ||
		!strings.Contains(said, "no object") {
		t.Errorf("%d: %s", code, said)
	}
}
