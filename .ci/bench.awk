# The benchmarks' lines as they come, and then one table: what was measured, and what is promised where something is.
BEGIN {
	promise["Terminal/120x36/healthy bytes/s"] = "<= 100"
	promise["Terminal/120x36/busy bytes/s"] = "<= 400"
	promise["Idle/nodes=5 cpu-%"] = "< 1"
	promise["Idle/nodes=50,one=500ms peak-MiB"] = "< 100"
	promise["Binary MB"] = "< 20"
	promise["KeyEcho p99-ms"] = "< 50 with a frame of 33"
	promise["Fold p99-ms"] = "the wait before a key"
	promise["Round wall/slowest"] = "<= 1.4"
}
{ print; fflush() }
/^(FAIL|panic|---)/ { failed = 1 }
/^Benchmark/ && NF > 3 {
	name = $1
	sub(/^Benchmark/, "", name)
	sub(/-[0-9]+$/, "", name)
	for (i = 3; i < NF; i += 2) {
		rows++
		what[rows] = name; value[rows] = $i; unit[rows] = $(i + 1)
		budget = promise[name " " unit[rows]]
		if (name ~ /against=(vault|bao)-status/ && unit[rows] == "first/peer") budget = "<= 1"
		if (name ~ /^Status\/against=(vault|bao)-status/ && unit[rows] == "status/peer") budget = "<= 0.5"
		promised[rows] = budget
	}
}
END {
	printf "\n%-34s %12s  %-14s %s\n", "benchmark", "measured", "unit", "promised"
	for (i = 1; i <= rows; i++) printf "%-34s %12s  %-14s %s\n", what[i], value[i], unit[i], promised[i]
	exit failed
}
