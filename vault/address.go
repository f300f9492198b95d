package vault

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// unixScheme begins the address of a socket.
const unixScheme = "unix://"

// parseAddresses reads a list with commas; an address that stands in it twice is kept once.
func parseAddresses(list string) ([]string, error) {
	var out []string
	for text := range strings.SplitSeq(list, ",") {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		a, err := ParseAddress(text)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	if len(out) == 0 {
		return nil, errors.New("holds no address")
	}
	return out, nil
}

// ParseAddress brings an address into its one form: scheme, lower-case host and port, then the path if there is one; or
// unix:// and the path of the socket. A missing port is the scheme's own, as it is for the CLIs.
func ParseAddress(text string) (string, error) {
	switch {
	case strings.Contains(text, "@"):
		// Not quoted: what stands before the @ may be a password.
		return "", errors.New("an address with a user name or password in it is not supported")
	case strings.ContainsFunc(text, unprintable):
		return "", fmt.Errorf("%q holds characters that no address has", text)
	case strings.HasPrefix(text, unixScheme):
		if text == unixScheme {
			return "", fmt.Errorf("%q names no socket", text)
		}
		return text, nil
	case !strings.Contains(text, "://"):
		return "", fmt.Errorf("%q has no scheme; is https://%s meant?", text, text)
	}
	u, err := url.Parse(text)
	if err != nil {
		return "", fmt.Errorf("%q is no address: %w", text, reasonOf(err))
	}
	return canonical(text, u)
}

// canonical checks the parts of the URL and puts them together again.
func canonical(text string, u *url.URL) (string, error) {
	host, port := strings.ToLower(u.Hostname()), u.Port()
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return "", fmt.Errorf("%q: the scheme must be http, https or unix", text)
	case strings.ContainsAny(text, "?#"):
		return "", fmt.Errorf("%q: an address has no query and no fragment", text)
	case !hostLike(host):
		return "", fmt.Errorf("%q names no host", text)
	case port == "" && u.Scheme == "http":
		port = "80"
	case port == "":
		port = "443"
	}
	number, err := strconv.ParseUint(port, 10, 16)
	if err != nil || number == 0 {
		return "", fmt.Errorf("%q: a port is between 1 and 65535", text)
	}
	// In a URL the zone of an IPv6 address begins with an escaped per cent sign.
	hostPort := net.JoinHostPort(strings.ReplaceAll(host, "%", "%25"), strconv.FormatUint(number, 10))
	return u.Scheme + "://" + hostPort + strings.TrimRight(u.EscapedPath(), "/"), nil
}

// hostLike says whether it can be a name or an IP address: what net/url lets through beyond that, net/http refuses only
// with the first request.
func hostLike(host string) bool {
	if strings.Contains(host, ":") {
		ip, err := netip.ParseAddr(host)
		return err == nil && !strings.ContainsFunc(ip.Zone(), func(r rune) bool { return !zoneLike(r) })
	}
	return host != "" && !strings.ContainsFunc(host, func(r rune) bool {
		return r < unicode.MaxASCII && !zoneLike(r)
	})
}

func zoneLike(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-._", r)
}

// plainBeyondLoopback says that what is sent to the address can be read on the way.
func plainBeyondLoopback(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" || u.Hostname() == "localhost" {
		return false
	}
	ip, err := netip.ParseAddr(u.Hostname())
	return err != nil || !ip.IsLoopback()
}

// reasonOf is a parser's error without the text that it repeats.
func reasonOf(err error) error {
	var parse *url.Error
	if errors.As(err, &parse) {
		return parse.Err
	}
	return err
}

// unprintable characters are in no setting that goes into a header or a URL. The space is printable.
func unprintable(r rune) bool { return !unicode.IsPrint(r) }
