// Command k6, as released: this module exists so that go.sum pins every byte of its build.
package main

import "go.k6.io/k6/v2/cmd"

func main() { cmd.Execute() }
