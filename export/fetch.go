package export

import (
	"net/netip"
	"path/filepath"
	"strings"
)

// Fetch is the command that brings a file to the computer a person sits at, to be
// run there: scp by the address and port under which this login came in, as
// OpenSSH has them in SSH_CONNECTION (client, its port, server, its port). Every
// Windows since 2018, macOS and Linux have scp; it speaks SFTP, so the path is
// taken as it stands. "" where the login came in another way, or the path has
// characters that shells would not leave alone.
func Fetch(connection, user, path string) string {
	parts := strings.Fields(connection)
	if len(parts) != 4 || user == "" {
		return ""
	}
	host, err := netip.ParseAddr(parts[2])
	path, err2 := filepath.Abs(path)
	if err != nil || err2 != nil || strings.ContainsAny(path, "\"'`$!%^&*?[]{}\\\n") {
		return ""
	}
	address := host.Unmap().String()
	if host.Unmap().Is6() {
		address = "[" + address + "]"
	}
	from := user + "@" + address + ":" + path
	if strings.ContainsAny(path, " ()<>|;#~") {
		from = `"` + from + `"`
	}
	port := ""
	if parts[3] != "22" {
		port = "-P " + parts[3] + " "
	}
	return "scp " + port + from + " ."
}

// Bring is the command that takes a file from the computer a person sits at to
// her home folder here, to be run there; "" as for Fetch.
func Bring(connection, user, file string) string {
	line := Fetch(connection, user, "/x")
	i := strings.LastIndex(line, " "+user+"@")
	if i < 0 {
		return ""
	}
	return line[:i+1] + file + strings.TrimSuffix(line[i:], "/x .")
}
