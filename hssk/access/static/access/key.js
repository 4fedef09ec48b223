// A key that cannot be used, or was not shown in time: the page says so; allauth tells the console.
document.addEventListener("allauth.error", (event) => {
  const said = document.getElementById("key-failed");
  event.preventDefault();
  document.getElementById(said.dataset.button).closest("form").after(said);
  said.hidden = false;
});
