package main

import (
	"embed"
	"fmt"
)

// help is what is longer than a flag's line, in each language.
//
//go:embed help/*.txt
var help embed.FS

type helpCmd struct {
	Topic string `arg:"" enum:"operations" help:"operations: central, backup, scale."`
}

// Run prints a text.
func (h helpCmd) Run(c *console) error {
	text, err := help.ReadFile(fmt.Sprintf("help/%s.%s.txt", h.Topic, c.Text.Tag()))
	if err != nil {
		return err
	}
	_, err = c.Out.Write(text)
	return err
}
