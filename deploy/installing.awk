# What pip says, as one bar: packages fetched of all; where nobody watches (live=0) a line for each tenth.
# pip's errors go past this to the terminal; its end is told by the line that the Makefile adds.

function bar(done,    filled, text) {
    filled = int(30 * done / total)
    text = sprintf("%*s", filled, "")
    gsub(/ /, "#", text)
    printf "\r[%-30s] %d/%d gói ", text, done, total
    fflush()
}

/^(Collecting|Requirement already satisfied:|Ignoring) / {
    done++
    if (done > total) done = total
    if (live) bar(done)
    else if (int(10 * done / total) > int(10 * (done - 1) / total)) { printf "Tải về %d/%d gói\n", done, total; fflush() }
}

/^Installing collected packages/ {
    printf "%sĐang ghi các gói vào .venv, một hai phút…\n", live ? "\n" : ""
    fflush()
}

/^pip has failed$/ { failed = 1 }

END { exit failed }
