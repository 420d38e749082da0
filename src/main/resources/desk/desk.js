// The pages work without this. It lets a link be copied with one press, and forgets what has been sent.
for (const link of document.querySelectorAll("input.link")) {
  link.addEventListener("focus", () => link.select());
}

// What was sent from this tab is out, and need not be kept in it any longer.
if (document.getElementById("deliveries") && JSON.parse(sessionStorage.getItem("tocsin.write") ?? "null")?.sending) {
  sessionStorage.removeItem("tocsin.write");
}
