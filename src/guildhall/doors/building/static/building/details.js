// Portal User Type is greyed out at once for a form of another portal than the citizens' (SP-120).

const portal = document.getElementById("portal");
const audience = document.getElementById("audience");

function grey() {
  audience.disabled = portal.value !== "" && portal.value !== "citizen";
}

portal?.addEventListener("change", grey);
if (portal) grey();
