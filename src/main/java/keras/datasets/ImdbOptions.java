package keras.datasets;

/** The keyword arguments of {@link Imdb}. */
public final class ImdbOptions extends WordSequencesOptions<ImdbOptions> {

  ImdbOptions() {
    super(Imdb.FILE);
  }

  @Override
  ImdbOptions self() {
    return this;
  }
}
