package keras.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;

/** Texts as one-hot characters, one timestep each, padded with blanks to one length. */
final class Characters {

  private final List<Character> alphabet;
  private final int length;

  /** The characters of all texts and the blank, in their order, and the length of the longest. */
  Characters(List<String> texts) {
    TreeSet<Character> all = new TreeSet<>(List.of(' '));
    texts.forEach(text -> text.chars().forEach(each -> all.add((char) each)));
    alphabet = new ArrayList<>(all);
    length = texts.stream().mapToInt(String::length).max().orElse(0);
  }

  int size() {
    return alphabet.size();
  }

  int length() {
    return length;
  }

  int index(char character) {
    return alphabet.indexOf(character);
  }

  char character(int index) {
    return alphabet.get(index);
  }

  /** Returns each text with blanks after it. */
  float[][][] oneHot(List<String> texts) {
    return coded(texts.stream().map(text -> text + blanks(text)).toList());
  }

  /** Returns each text from its last character to its first, with blanks before. */
  float[][][] oneHotReversed(List<String> texts) {
    return coded(
        texts.stream().map(text -> blanks(text) + new StringBuilder(text).reverse()).toList());
  }

  private String blanks(String text) {
    return " ".repeat(length - text.length());
  }

  private float[][][] coded(List<String> texts) {
    float[][][] coded = new float[texts.size()][length][size()];
    for (int i = 0; i < coded.length; i++) {
      for (int t = 0; t < length; t++) {
        coded[i][t][index(texts.get(i).charAt(t))] = 1;
      }
    }
    return coded;
  }

  /** Returns the likeliest characters: (texts, timesteps, characters) to one text each. */
  List<String> likeliest(FloatNdArray probabilities) {
    float[] values = FloatArrays.values(probabilities);
    int timesteps = (int) probabilities.shape().get(1);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < probabilities.shape().get(0); i++) {
      StringBuilder text = new StringBuilder();
      for (int t = 0; t < timesteps; t++) {
        text.append(character(largest(values, (i * timesteps + t) * size())));
      }
      texts.add(text.toString());
    }
    return texts;
  }

  private int largest(float[] values, int from) {
    int best = 0;
    for (int i = 1; i < size(); i++) {
      best = values[from + i] > values[from + best] ? i : best;
    }
    return best;
  }
}
