"""One behaviour a file; each exports DETECTOR. They see the public record alone and never import each other."""
