#![allow(dead_code)]
//! stub
