// Inline, before the first paint: what the member chose wins over what the device says.
(() => {
  try {
    const theme = localStorage.getItem("alpar-theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    // Storage may be refused; the device's theme serves.
  }
})();
