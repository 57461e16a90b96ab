//! Portable expressions: syn's tree read into the model's, and all else refused on its own token.
