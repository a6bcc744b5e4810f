// Plotly, fetched once and only when the first chart is drawn.

let loading = null;

// Resolves to the Plotly object; rejects with an Error when the file cannot be had.
export function loadPlotly() {
  loading ??= new Promise((resolve, reject) => {
    if (window.Plotly) { resolve(window.Plotly); return; }
    const script = document.createElement('script');
    script.src = new URL('../vendor/plotly-basic.min.js', import.meta.url).href;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => { loading = null; script.remove(); reject(new Error('The charts could not be loaded.')); };
    document.head.append(script);
  });
  return loading;
}
