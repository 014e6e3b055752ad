// Asks the browser for a passkey, or to make one, and sends what it answers with the page's form.

const form = document.getElementById("passkey-form");

const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (mark) => mark.charCodeAt(0));

const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

function asBrowsersWantIt(options) {
  const listed = (list) => (list ?? []).map((one) => ({ ...one, id: toBytes(one.id) }));
  const wanted = { ...options, challenge: toBytes(options.challenge) };
  if (options.user) wanted.user = { ...options.user, id: toBytes(options.user.id) };
  if (options.excludeCredentials) wanted.excludeCredentials = listed(options.excludeCredentials);
  if (options.allowCredentials) wanted.allowCredentials = listed(options.allowCredentials);
  return wanted;
}

function asPlainData(credential) {
  const response = { clientDataJSON: toText(credential.response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = toText(credential.response[part]);
  }
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}

// A name that the portal would refuse goes to it without a passkey: one made before would stay behind on the device.
function nameIsWrong() {
  const name = form.elements.way_name?.value.trim();
  return name !== undefined && (!name || name.length > Number(form.dataset.longest));
}

async function ask(event) {
  const answer = document.getElementById("answer");
  if (answer.value || nameIsWrong()) return;
  event.preventDefault();
  say("");
  try {
    const publicKey = asBrowsersWantIt(JSON.parse(form.dataset.options));
    const credential = await navigator.credentials[form.dataset.does]({ publicKey });
    answer.value = JSON.stringify(asPlainData(credential));
    form.submit();
  } catch (error) {
    say(error.name === "InvalidStateError" ? "passkey-known" : "passkey-problem");
  }
}

function say(which) {
  for (const id of ["passkey-known", "passkey-problem"]) document.getElementById(id).hidden = id !== which;
}

if (form && window.PublicKeyCredential) {
  document.getElementById("passkey-without").hidden = true;
  document.getElementById("passkey-with").hidden = false;
  form.addEventListener("submit", ask);
}
