"""Texts as one-hot characters, one timestep each, padded with blanks to one length."""

import numpy as np


class Characters:
    """The characters of all texts and the blank, in their order, and the length of the longest."""

    def __init__(self, texts):
        self.alphabet = sorted({" ", *"".join(texts)})
        self.size, self.length = len(self.alphabet), max(map(len, texts))

    def one_hot(self, texts, reverse=False):
        """Each text with blanks after it; or from its last character to its first."""
        coded = np.zeros((len(texts), self.length, self.size), "float32")
        for i, text in enumerate(texts):
            padded = text.ljust(self.length)
            for t, character in enumerate(reversed(padded) if reverse else padded):
                coded[i, t, self.alphabet.index(character)] = 1
        return coded

    def likeliest(self, probabilities):
        """The likeliest characters: (texts, timesteps, characters) to one text each."""
        return ["".join(self.alphabet[k] for k in row) for row in probabilities.argmax(-1)]
