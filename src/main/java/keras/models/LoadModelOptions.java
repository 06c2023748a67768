package keras.models;

import keras.utils.CustomObjects;

/** The arguments of {@code loadModel}, under the names that Keras has for them. */
public final class LoadModelOptions {

  boolean compile = true;
  CustomObjects customObjects = new CustomObjects();

  LoadModelOptions() {}

  /**
   * Sets whether the model is compiled as it was when it was saved.
   *
   * @param value true by default
   * @return these options
   */
  public LoadModelOptions compile(boolean value) {
    compile = value;
    return this;
  }

  /**
   * Sets the objects that names in the file stand for if they are none of Keras's. Nothing else of
   * the kind is loaded: no code comes from a file.
   *
   * @param value none by default
   * @return these options
   */
  public LoadModelOptions customObjects(CustomObjects value) {
    customObjects = value;
    return this;
  }
}
