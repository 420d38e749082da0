// The one place where text becomes markup: an answer of this server, whose templates have escaped it. The page allows this policy and no other
// (Trusted Types); where a browser knows none, the same is checked here.
const policy = globalThis.trustedTypes?.createPolicy("tocsin", { createHTML: (text) => text });

export const parsed = async (answer) => {
  if (new URL(answer.url).origin !== location.origin || !answer.headers.get("Content-Type")?.startsWith("text/html")) {
    throw new Error("no page of this server");
  }
  const text = await answer.text();
  return new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");
};
