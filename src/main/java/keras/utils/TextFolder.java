package keras.utils;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import keras.internal.disk.AtomicFile;
import keras.internal.messages.Errors;

/** The {@code .txt} files of a folder in Keras's order, with their labels. */
final class TextFolder {
  private static final String ENDING = ".txt";
  private static final Comparator<Path> BY_NAME =
      Comparator.comparing(path -> path.getFileName().toString());

  private final Path folder;
  private final TextDatasetOptions options;
  private final List<Path> files = new ArrayList<>();
  private final List<Integer> classes = new ArrayList<>();
  private final List<String> classNames;

  TextFolder(Path folder, TextDatasetOptions options) {
    this.folder = folder;
    this.options = options;
    if (!Files.isDirectory(folder)) {
      throw wrong("there is no such folder.", "a folder", "none", "check the path");
    }
    if (options.infers()) {
      classNames = classFolders();
      for (String name : classNames) {
        collect(folder.resolve(name), classNames.indexOf(name));
      }
    } else {
      collect(folder, 0);
      classNames = givenClasses();
    }
    checkClasses();
    if (options.isVerbose()) {
      System.out.println(
          "Found "
              + files.size()
              + " files"
              + (options.hasLabels() ? " belonging to " + classNames.size() + " classes." : "."));
    }
  }

  private List<String> classFolders() {
    List<String> found =
        children(folder, Files::isDirectory).stream()
            .map(each -> each.getFileName().toString())
            .filter(name -> !name.startsWith("."))
            .toList();
    List<String> chosen = options.classNames() == null ? found : options.classNames();
    if (!found.containsAll(chosen)) {
      throw wrong(
          "classNames are not the names of its folders.",
          "some of " + found,
          chosen.toString(),
          "write them as the folders are called");
    }
    return chosen;
  }

  /** Adds the files of a folder, then those of the folders in it. */
  private void collect(Path root, int label) {
    try (Stream<Path> all = Files.walk(root)) {
      // As Python sorts paths: by their letters, so that "a-b" comes before "a/b".
      List<Path> folders =
          all.filter(Files::isDirectory).sorted(Comparator.comparing(Path::toString)).toList();
      for (Path each : folders) {
        for (Path file : children(each, Files::isRegularFile)) {
          if (file.toString().toLowerCase(Locale.ROOT).endsWith(ENDING)) {
            files.add(file);
            classes.add(label);
          }
        }
      }
    } catch (IOException e) {
      throw AtomicFile.unreadable(root, e);
    }
  }

  private static List<Path> children(Path folder, Predicate<Path> kind) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(kind).sorted(BY_NAME).toList();
    } catch (IOException e) {
      throw AtomicFile.unreadable(folder, e);
    }
  }

  private List<String> givenClasses() {
    int[] labels = options.labels();
    if (!options.hasLabels()) {
      return List.of();
    }
    if (labels.length != files.size()) {
      throw wrong(
          "there are not as many labels as files.",
          files.size() + " labels",
          String.valueOf(labels.length),
          "give one label for each .txt file in the folder and in those below it");
    }
    return Arrays.stream(labels).distinct().sorted().mapToObj(String::valueOf).toList();
  }

  private void checkClasses() {
    if (files.isEmpty()) {
      throw wrong(
          "there are no texts in it.",
          "files that end in " + ENDING + (options.infers() ? ", in one folder a class" : ""),
          "none",
          options.infers() ? "labelMode(null), if the files are in no folders" : "check the path");
    }
    if (options.hasLabels() && options.labelMode().equals("binary") && classNames.size() != 2) {
      throw wrong(
          "labelMode binary is for two classes.",
          "2 classes",
          classNames.size() + ": " + classNames,
          "labelMode(\"int\")");
    }
  }

  private IllegalArgumentException wrong(String what, String expected, String got, String fix) {
    return Errors.in(TextDatasetOptions.WHERE + ": " + folder, what)
        .expected(expected)
        .got(got)
        .fix(fix)
        .argument();
  }

  List<Path> files() {
    return files;
  }

  List<String> classNames() {
    return classNames;
  }

  /** Returns the label of a file. */
  int label(int file) {
    return options.infers() ? classes.get(file) : options.labels()[file];
  }

  /** Returns those files of an order that are asked for. */
  int[] subset(int[] order) {
    int validation = options.validation(order.length);
    int training = order.length - validation;
    if (validation == 0) {
      return order;
    }
    int[] chosen =
        options.trains()
            ? Arrays.copyOf(order, training)
            : Arrays.copyOfRange(order, training, order.length);
    if (options.isVerbose()) {
      String use = options.trains() ? "training" : "validation";
      System.out.println("Using " + chosen.length + " files for " + use + ".");
    }
    return chosen;
  }
}
