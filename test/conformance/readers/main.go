// Reads what to verify, one line each, by tabs: token, issuer, product, fingerprint, now, highest seq.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
)

func main() {
	data, _ := os.ReadFile(os.Args[1])
	var jwks struct{ Keys []Key }
	if json.Unmarshal(data, &jwks) != nil {
		os.Exit(1)
	}
	keys := map[string]Key{}
	for _, key := range jwks.Keys {
		keys[key.Kid] = key
	}
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		f := strings.Split(lines.Text(), "\t")
		now, _ := strconv.ParseInt(f[4], 10, 64)
		seq, _ := strconv.ParseInt(f[5], 10, 64)
		fingerprint := &f[3]
		if f[3] == "" {
			fingerprint = nil
		}
		fmt.Println(verify(keys, f[0], f[1], f[2], fingerprint, now, seq))
	}
}
