// The running sum below each breakdown of the service figures, and the total that it must reach. The server checks it
// again; without this script the form works the same.
{
  const read = (input) =>
    input && /^[\d.]+$/.test(input.value.trim()) ? Number(input.value.replaceAll(".", "")) : null;
  const totals = {
    requests: () => read(document.getElementById("id_requests")),
    applicants: () => read(document.getElementById("id_applicants")),
    refused: () => read(document.getElementById("id_by_decision-ditolak")) ?? 0,
  };

  const show = (group) => {
    const given = [...group.querySelectorAll("input")].map(read).filter((count) => count !== null);
    const total = totals[group.dataset.total]();
    const sum = given.reduce((one, other) => one + other, 0);
    const line = group.querySelector(".counts__sum");
    line.hidden = given.length === 0 || total === null;
    line.textContent = `Jumlah ${sum.toLocaleString("id-ID")} dari ${(total ?? 0).toLocaleString("id-ID")}`;
    line.classList.toggle("counts__sum--off", sum !== total);
  };

  const showAll = () => document.querySelectorAll(".counts").forEach(show);
  document.addEventListener("input", showAll);
  document.addEventListener("DOMContentLoaded", showAll);
}
