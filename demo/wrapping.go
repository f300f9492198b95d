package demo

import "time"

type wrapped struct{}

type wrapInfo struct {
	Token        string    `json:"token"`
	Accessor     string    `json:"accessor"`
	TTL          int64     `json:"ttl"`
	Created      time.Time `json:"creation_time"`
	CreationPath string    `json:"creation_path"`
}

type auth struct{}

func (q *request) wrap(a answer) answer { return a }
