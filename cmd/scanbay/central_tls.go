package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base32"
	"encoding/pem"
	"errors"
	"io/fs"
	"math/big"
	"net/http"
	"os"
	"strings"
	"time"

	"scanbay/store"
)

// certLife is long: stations go by the certificate's key, and not by who vouches for it.
const certLife = 20 * 365 * 24 * time.Hour

// certificate is the server's: the one given, or one of its own, made once.
func (h *house) certificate(c *console) (tls.Certificate, error) {
	if h.Cert != "" {
		cert, err := tls.LoadX509KeyPair(h.Cert, h.CertKey)
		if err != nil {
			return cert, complaint(c.words().NoCertificate(h.Cert, err.Error()))
		}
		return cert, nil
	}
	path := h.DB + ".tls"
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if text, err = newCertificate(c.Now()); err == nil {
			err = keepSecret(path, text)
		}
	}
	if err != nil {
		return tls.Certificate{}, &store.Fault{Code: store.ReadOnly, Path: path, Err: err}
	}
	return tls.X509KeyPair(text, text)
}

// newCertificate makes a key and a certificate for it, as PEM.
func newCertificate(now time.Time) ([]byte, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, err
	}
	cert := &x509.Certificate{SerialNumber: serial,
		Subject:   pkix.Name{CommonName: "scanbay central"},
		NotBefore: now.Add(-24 * time.Hour), NotAfter: now.Add(certLife),
		KeyUsage:    x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	der, err := x509.CreateCertificate(rand.Reader, cert, cert, &key.PublicKey, key)
	if err != nil {
		return nil, err
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = errors.Join(pem.Encode(&b, &pem.Block{Type: "CERTIFICATE", Bytes: der}),
		pem.Encode(&b, &pem.Block{Type: "PRIVATE KEY", Bytes: private}))
	return b.Bytes(), err
}

// A pin is what a station knows central by: the beginning of the hash of its public key,
// as people can type it. An empty one is for a line without TLS.
type pin string

// pinBytes make 16 characters: nobody finds another key with the same.
const pinBytes = 10

func pinOf(cert *x509.Certificate) pin {
	sum := sha256.Sum256(cert.RawSubjectPublicKeyInfo)
	return pin(base32.StdEncoding.EncodeToString(sum[:pinBytes]))
}

// pin is that of the certificate that the server shows.
func (h *house) pin(c *console) (pin, error) {
	if h.Plain {
		return "", nil
	}
	cert, err := h.certificate(c)
	if err != nil {
		return "", err
	}
	leaf, err := x509.ParseCertificate(cert.Certificate[0])
	if err != nil {
		return "", err
	}
	return pinOf(leaf), nil
}

var errOtherCentral = errors.New("the server's certificate is not central's")

// lineDead is how long a connection may bring nothing, not even the answer to a ping.
const lineDead = 6 * time.Second

// transport carries requests to the server with this pin, and to no other.
func (p pin) transport() *http.Transport {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.Proxy = nil
	// Nobody says that a connection is gone which brings nothing: it is asked, and left.
	t.HTTP2 = &http.HTTP2Config{SendPingTimeout: lineDead / 2, PingTimeout: lineDead / 2}
	t.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS13,
		// Nobody vouches for central: its key is known.
		InsecureSkipVerify: true,
		VerifyConnection: func(s tls.ConnectionState) error {
			if p == "" || len(s.PeerCertificates) == 0 || pinOf(s.PeerCertificates[0]) != p {
				return errOtherCentral
			}
			return nil
		}}
	return t
}

// grouped writes a long code in groups of four.
func grouped(code string) string {
	var groups []string
	for ; len(code) > 4; code = code[4:] {
		groups = append(groups, code[:4])
	}
	return strings.Join(append(groups, code), "-")
}
