package keras.models;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The result of {@code model.export}.
 *
 * @param folder the SavedModel, or the file of ONNX
 * @param signatures the names under which it can be called
 * @param states the names of the states that {@code step} takes and gives, in the order of the
 *     layers; none without {@code step}
 * @param whyNoStep the reason against a signature {@code step}, naming the layer; empty if there is
 *     one, or if it was not wanted
 */
public record Exported(
    Path folder, List<String> signatures, List<String> states, Optional<String> whyNoStep) {}
