// A canvas that stays crisp: its bitmap follows the size asked for and the screen's pixel ratio.

export function canvasOf(node) {
  const brush = node.getContext('2d');
  let wide = 0, high = 0, ratio = 0;
  return {
    node,
    // Ready for drawing width x height CSS pixels, cleared.
    fit(width, height) {
      const now = devicePixelRatio || 1;
      if (width !== wide || height !== high || now !== ratio) {
        wide = width; high = height; ratio = now;
        node.width = Math.round(width * ratio); node.height = Math.round(height * ratio);
        node.style.width = `${width}px`; node.style.height = `${height}px`;
      }
      brush.setTransform(ratio, 0, 0, ratio, 0, 0);
      brush.clearRect(0, 0, wide, high);
      return brush;
    },
  };
}
